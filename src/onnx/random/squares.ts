/**
 * The counter-based generator Squares (Widynski 2020, arXiv 2004.06278), written as ONNX nodes.
 *
 * It needs nothing but products, sums and shifts of 64-bit words, so that a graph can draw its own numbers and resume at any of them;
 * ONNX's RandomUniform starts again with each session.
 *
 * @module
 */
import { pointwise } from "../graph/arrange.ts";
import type { Graph, Value } from "../graph/graph.ts";

/** Four rounds of squaring; 32 random bits in each word of 64. */
export function squares32(graph: Graph, counter: Value, key: Value): Value {
  const y = pointwise(graph, "Mul", [counter, key]);
  const z = pointwise(graph, "Add", [y, key]);
  const round = (x: Value, added: Value) => pointwise(graph, "Add", [pointwise(graph, "Mul", [x, x]), added]);
  let x = y;
  for (const added of [y, z, y]) x = swapHalves(graph, round(x, added));
  return shiftRight(graph, round(x, z), 32);
}

/** The higher bits of unsigned words. */
export function shiftRight(graph: Graph, value: Value, bits: number): Value {
  return shift(graph, value, { direction: "RIGHT", bits });
}

function swapHalves(graph: Graph, value: Value): Value {
  const low = shiftRight(graph, value, 32);
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
