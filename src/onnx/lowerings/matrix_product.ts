/**
 * Products of matrices.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { broadcast, cast, pointwise, reshape, transpose } from "../graph/arrange.ts";
import { mapValue, numeric } from "../graph/elementwise.ts";
import type { Graph, Value } from "../graph/graph.ts";
import { type Call, type Operand, plain, plainValue } from "../graph/operand.ts";
import { activate } from "./activation.ts";

/** The product of the last two axes; the axes before them broadcast. Of bool, whether any pair holds. */
export function matrixProduct({ graph, inputs: { a, b }, attributes }: Call<tf.BatchMatMulAttrs>): Operand {
  return plain(multiplied(graph, { a, b }, attributes));
}

/** A product, its bias and its activation. */
export function fusedMatrixProduct(call: Call<tf._FusedMatMulAttrs>): Operand {
  const { graph, inputs: { a, b, bias }, attributes } = call;
  const product = multiplied(graph, { a, b }, attributes);
  if (bias === undefined) return activate(call, plain(product));
  // The sum stays beside the product, without a reshape between, so that ONNX Runtime makes them one Gemm.
  const matrix = product.producer?.operator === "Reshape" ? product.producer.inputs[0] : product;
  const offset = plainValue(graph, bias);
  const row = reshape(graph, offset, offset.shape.slice(-1));
  const sum = offset.shape.length > 1 && offset.shape.at(-2) !== 1
    ? pointwise(graph, "Add", [product, offset])
    : pointwise(graph, "Add", [matrix, row]);
  return activate(call, plain(reshape(graph, sum, product.shape)));
}

function multiplied(graph: Graph, { a, b }: Factors, turns: Turns): Value {
  if (a.dtype === "bool" && b.dtype === "bool") {
    const [left, right] = [a, b].map((factor) => mapValue(graph, factor, (value) => numeric(graph, value)));
    return cast(graph, multiplied(graph, { a: left, b: right }, turns), "bool");
  }
  const left = turned(a.shape, turns.transposeA), right = turned(b.shape, turns.transposeB);
  if (left.length < 2 || right.length < 2 || left.at(-1) !== right.at(-2)) {
    throw new TypeError(
      `Cannot multiply matrices: the columns of the first must be as many as the rows of the second, got [${left}] and [${right}]`,
    );
  }
  const batch = broadcast(left.slice(0, -2), right.slice(0, -2));
  const shape = [...batch, left.at(-2)!, right.at(-1)!];
  if (batch.every((length) => length === 1)) {
    return reshape(graph, matrixByMatrix(graph, { a, b }, turns), shape);
  }
  const factors = [
    oriented(graph, plainValue(graph, a), turns.transposeA),
    oriented(graph, plainValue(graph, b), turns.transposeB),
  ];
  return graph.emit("MatMul", factors, { shape });
}

interface Factors {
  readonly a: Operand;
  readonly b: Operand;
}

interface Turns {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** The product of two matrices; Gemm turns them as it reads them, so that no turned copy is written. */
function matrixByMatrix(graph: Graph, { a, b }: Factors, { transposeA, transposeB }: Turns): Value {
  const matrices = [a, b].map((operand) =>
    reshape(graph, plainValue(graph, operand), operand.shape.slice(-2))
  );
  const shape = [matrices[0].shape[transposeA ? 1 : 0], matrices[1].shape[transposeB ? 0 : 1]];
  if (!transposeA && !transposeB) return graph.emit("MatMul", matrices, { shape });
  if (matrices[0].type !== "float32") {
    const oriented = matrices.map((value, index) =>
      [transposeA, transposeB][index] ? transpose(graph, value, [1, 0]) : value
    );
    return graph.emit("MatMul", oriented, { shape });
  }
  const attributes = { transA: Number(transposeA), transB: Number(transposeB) };
  return graph.emit("Gemm", matrices, { shape, attributes });
}

function oriented(graph: Graph, value: Value, turn: boolean): Value {
  return turn ? transpose(graph, value, turned([...value.shape.keys()], true)) : value;
}

/** The last two of some lengths or axes swapped. */
function turned(lengths: readonly number[], turn: boolean): readonly number[] {
  return turn ? [...lengths.slice(0, -2), ...lengths.slice(-2).toReversed()] : lengths;
}
