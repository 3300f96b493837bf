/**
 * Slices and elements written to positions.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { cast, pointwise, reshape } from "../graph/arrange.ts";
import { type Graph, sizeOf, type Value } from "../graph/graph.ts";
import { type Call, filled, type Operand, plain, plainValue } from "../graph/operand.ts";

/** Slices summed where their positions are equal, 0 elsewhere. */
export function scatter(
  { graph, inputs: { indices, updates }, attributes: { shape } }: Call<tf.ScatterNdAttrs>,
): Operand {
  const data = filled(0, shape, updates.dtype);
  return scattered(graph, { data, indices, updates }, "add");
}

/** A tensor with some of its slices replaced. */
export function update({ graph, inputs: { tensor, indices, updates } }: Call): Operand {
  return scattered(graph, { data: tensor, indices, updates }, "none");
}

/** Elements at positions, another one everywhere else. */
export function sparseToDense(
  { graph, inputs: { sparseIndices, sparseValues, defaultValue }, attributes }: Call<tf.SparseToDenseAttrs>,
): Operand {
  const scalar = plainValue(graph, defaultValue);
  const target = graph.integers(attributes.outputShape);
  const rest = graph.emit("Expand", [reshape(graph, scalar, []), target], { shape: attributes.outputShape });
  const inputs = { data: plain(rest), indices: sparseIndices, updates: sparseValues };
  return scattered(graph, inputs, "none");
}

/** A tensor's elements on the diagonal of a tensor with each axis twice. */
export function diagonal({ graph, inputs: { x } }: Call): Operand {
  const size = sizeOf(x.shape);
  const numbers = Int32Array.from({ length: size }, (_, index) => index);
  const [row, column] = [[1, size], [size, 1]].map((shape) =>
    graph.constant(numbers, { type: "int32", shape })
  );
  const on = pointwise(graph, "Equal", [row, column], { type: "bool" });
  const elements = reshape(graph, plainValue(graph, x), [1, size]);
  const type = x.dtype === "bool" ? "int32" : x.dtype;
  const inputs = [on, cast(graph, elements, type), graph.scalar(0, type)];
  const matrix = cast(graph, pointwise(graph, "Where", inputs, { type }), x.dtype);
  return plain(reshape(graph, matrix, [...x.shape, ...x.shape]));
}

interface Scattered {
  readonly data: Operand;
  readonly indices: Operand;
  readonly updates: Operand;
}

function scattered(
  graph: Graph,
  { data, indices, updates }: Scattered,
  reduction: "add" | "none",
): Operand {
  const positions = indices.shape.length > 1 ? indices.shape : [sizeOf(indices.shape), 1];
  const shape = [...positions.slice(0, -1), ...data.shape.slice(positions.at(-1))];
  if (sizeOf(positions) === 0 || sizeOf(data.shape) === 0) return data;
  const inputs = [
    plainValue(graph, data),
    reshape(graph, cast(graph, plainValue(graph, indices), "int64"), positions),
    spread(graph, plainValue(graph, updates), shape),
  ];
  return plain(graph.emit("ScatterND", inputs, { shape: data.shape, attributes: { reduction } }));
}

/** One number stands for all. */
function spread(graph: Graph, value: Value, shape: readonly number[]): Value {
  if (value.shape.length > 0) return reshape(graph, value, shape);
  return graph.emit("Expand", [value, graph.integers(shape)], { shape });
}
