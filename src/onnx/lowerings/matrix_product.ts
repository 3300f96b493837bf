/**
 * Products of matrices.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { broadcast, pointwise, reshape, transpose } from "../arrange.ts";
import type { Graph, Value } from "../graph.ts";
import { type Call, type Operand, plain, plainValue } from "../operand.ts";
import { activate } from "./activation.ts";

/** The product of the last two axes; the axes before them broadcast. */
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

function multiplied(
  graph: Graph,
  { a, b }: { readonly a: Operand; readonly b: Operand },
  { transposeA, transposeB }: { readonly transposeA: boolean; readonly transposeB: boolean },
): Value {
  const left = oriented(graph, plainValue(graph, a), transposeA);
  const right = oriented(graph, plainValue(graph, b), transposeB);
  if (left.shape.length < 2 || right.shape.length < 2 || left.shape.at(-1) !== right.shape.at(-2)) {
    throw new TypeError(
      `Cannot multiply matrices: the columns of the first must be as many as the rows of the second, got [${left.shape}] and [${right.shape}]`,
    );
  }
  const batch = broadcast(left.shape.slice(0, -2), right.shape.slice(0, -2));
  const shape = [...batch, left.shape.at(-2)!, right.shape.at(-1)!];
  if (batch.some((length) => length !== 1)) return graph.emit("MatMul", [left, right], { shape });
  const matrices = [left, right].map((value) => reshape(graph, value, value.shape.slice(-2)));
  return reshape(graph, graph.emit("MatMul", matrices, { shape: shape.slice(-2) }), shape);
}

function oriented(graph: Graph, value: Value, turned: boolean): Value {
  if (!turned) return value;
  const last = value.shape.length - 1;
  return transpose(graph, value, value.shape.map((_, axis) => axis < last - 1 ? axis : 2 * last - 1 - axis));
}
