/**
 * Gradients of max-poolings without the positions of the maxima, for devices that compute no positions.
 *
 * @module
 */
import { pointwise, reshape } from "../graph/arrange.ts";
import type { Graph, Value } from "../graph/graph.ts";
import { type Program, rewriteValues } from "../graph/program.ts";
import { scatteredGradient } from "./max_pooling.ts";
import { type Means, tournamentGradient, type Windows } from "./tournament.ts";

/**
 * Writes the gradient of each max-pooling along one axis as a tournament, which gives the same gradient with the terms of its sums in
 * another order. Poolings of images stay as they are.
 */
export function withoutPositions(program: Program): Program {
  return rewriteValues(program, (node, { graph, of }) => {
    const scattered = scatteredGradient(node);
    if (scattered === undefined) return undefined;
    const { x, values, updates, windows } = scattered, [batch, channels, height, width] = x.shape;
    const isColumn = width === 1, pooled = isColumn ? values.shape[2] : values.shape[3];
    const rows = isColumn ? 1 : height, length = isColumn ? height : width;
    const means: Means = {
      graph,
      pool: (x, windows) => pool(graph, x, windows),
      part: (gradient, compared) => parted(graph, gradient, compared),
    };
    const signal = reshape(graph, of(x), [batch, channels, rows, length, 1]);
    const dy = reshape(graph, of(updates), [batch, channels, rows, pooled, 1]);
    const gradient = tournamentGradient(means, { signal, dy }, windows);
    return [reshape(graph, gradient, node.outputs[0].shape)];
  });
}

function pool(graph: Graph, x: Value, { kernel, stride, left, right }: Windows): Value {
  const [batch, channels, height, width] = x.shape;
  const length = Math.floor((width + left + right - kernel) / stride) + 1;
  const pooled = graph.emit("MaxPool", [reshape(graph, x, [batch, channels, height, width])], {
    shape: [batch, channels, height, length],
    attributes: { "kernel_shape": [1, kernel], strides: [1, stride], pads: [0, left, 0, right] },
  });
  return reshape(graph, pooled, [batch, channels, height, length, 1]);
}

function parted(
  graph: Graph,
  gradient: Value,
  { contestant, winner }: Parameters<Means["part"]>[1],
): readonly [Value, Value] {
  const wins = pointwise(graph, "Equal", [contestant, winner], { type: "bool" });
  const where = (own: Value, other: Value) =>
    pointwise(graph, "Where", [wins, own, other], { type: "float32" });
  const zero = graph.scalar(0);
  return [where(gradient, zero), where(zero, gradient)];
}
