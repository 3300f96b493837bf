/**
 * The counter-based generator Squares (Widynski 2020, arXiv 2004.06278), written as ONNX nodes.
 *
 * It needs nothing but products, sums and shifts of 64-bit words, so that a graph can draw its own numbers and resume at any of them;
 * ONNX's RandomUniform starts again with each session.
 *
 * @module
 */
import { cast, pointwise, reshape } from "./arrange.ts";
import { type Graph, sizeOf, type Value } from "./graph.ts";

/** The inputs of a program that draws. */
export interface GeneratorInputs {
  readonly key: Value;
  readonly counter: Value;
}

/**
 * Numbers from [0, 1), of 24 random bits: the high bits of `squares32(counter + offset + position, key)` divided by 2^24.
 */
export function drawUniform(
  graph: Graph,
  { key, counter }: GeneratorInputs,
  { offset, shape }: { readonly offset: number; readonly shape: readonly number[] },
): Value {
  const size = sizeOf(shape);
  const limits = [0, size, 1].map((limit) => graph.scalar(limit, "int64"));
  const positions = cast(graph, graph.emit("Range", limits, { shape: [size] }), "uint64");
  const start = pointwise(graph, "Add", [counter, graph.scalar(offset, "uint64")]);
  const words = squares32(graph, pointwise(graph, "Add", [positions, start]), key);
  const high = cast(graph, shift(graph, words, { direction: "RIGHT", bits: 8 }), "float32");
  return reshape(graph, pointwise(graph, "Mul", [high, graph.scalar(2 ** -24)]), shape);
}

/** Four rounds of squaring; 32 random bits in each word of 64. */
export function squares32(graph: Graph, counter: Value, key: Value): Value {
  const y = pointwise(graph, "Mul", [counter, key]);
  const z = pointwise(graph, "Add", [y, key]);
  const round = (x: Value, added: Value) => pointwise(graph, "Add", [pointwise(graph, "Mul", [x, x]), added]);
  let x = y;
  for (const added of [y, z, y]) x = swapHalves(graph, round(x, added));
  return shift(graph, round(x, z), { direction: "RIGHT", bits: 32 });
}

function swapHalves(graph: Graph, value: Value): Value {
  const low = shift(graph, value, { direction: "RIGHT", bits: 32 });
  const high = shift(graph, value, { direction: "LEFT", bits: 32 });
  return pointwise(graph, "Add", [low, high]);
}

function shift(
  graph: Graph,
  value: Value,
  { direction, bits }: { readonly direction: "LEFT" | "RIGHT"; readonly bits: number },
): Value {
  return graph.emit("BitShift", [value, graph.scalar(bits, "uint64")], {
    shape: value.shape,
    attributes: { direction },
  });
}
