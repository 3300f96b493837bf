/**
 * Reshaping, transposing and repeating.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { expand, pointwise, reshape as reshapeValue, transpose as transposeValue } from "../graph/arrange.ts";
import { sameShape, sizeOf } from "../graph/graph.ts";
import {
  type Call,
  channelsFirst,
  channelsFirstShape,
  channelsFirstValue,
  filled,
  isChannelsFirst,
  knownElements,
  type Operand,
  plain,
  plainValue,
  prefixed,
} from "../graph/operand.ts";
import { concatenate } from "./slice.ts";

/** The same elements in another shape. */
export function reshape({ graph, inputs: { x }, attributes }: Call<tf.ReshapeAttrs>): Operand {
  return reshaped({ graph, inputs: { x }, attributes: {} }, attributes.shape);
}

/** The same elements with an axis of length 1 more. */
export function expandDims({ graph, inputs: { input: x }, attributes }: Call<tf.ExpandDimsAttrs>): Operand {
  return reshaped({ graph, inputs: { x }, attributes: {} }, expandedShape(x.shape, attributes.dim));
}

/** A shape with an axis of length 1 more, its place counted from the end when it is below 0. */
export function expandedShape(shape: readonly number[], dim: number): number[] {
  const rank = shape.length;
  if (dim < -(rank + 1) || dim > rank) {
    throw new RangeError(
      `Cannot add an axis: its place must be from ${-(rank +
        1)} to ${rank} in a tensor of ${rank} axes, got ${dim}`,
    );
  }
  return shape.toSpliced(dim < 0 ? rank + 1 + dim : dim, 0, 1);
}

function reshaped({ graph, inputs: { x } }: Call, target: readonly number[]): Operand {
  const shape = tf.util.inferFromImplicitShape([...target], sizeOf(x.shape));
  if (knownElements(x) !== undefined) return { ...x, shape };
  if (x.content.kind === "prefixed") {
    return reshaped({ graph, inputs: { x: x.content.rest }, attributes: {} }, shape);
  }
  if (isChannelsFirst(x) && keepsBatchAndChannels(x.shape, shape)) {
    return channelsFirst(reshapeValue(graph, channelsFirstValue(graph, x), channelsFirstShape(shape)), shape);
  }
  if (x.shape.length === 3 && sameShape(shape, [1, ...x.shape])) return prefixed(x);
  return plain(reshapeValue(graph, plainValue(graph, x), shape));
}

function keepsBatchAndChannels(from: readonly number[], to: readonly number[]): boolean {
  return to.length >= 3 && to.length <= 5 && from[0] === to[0] && from.at(-1) === to.at(-1);
}

/** Axes in another order. */
export function transpose({ graph, inputs: { x }, attributes }: Call<tf.TransposeAttrs>): Operand {
  return plain(transposeValue(graph, plainValue(graph, x), attributes.perm));
}

/** Copies side by side. */
export function tile({ graph, inputs: { x }, attributes: { reps } }: Call<tf.TileAttrs>): Operand {
  const shape = x.shape.map((length, axis) => length * reps[axis]);
  if (x.content.kind === "filled") return { ...x, shape };
  if (reps.every((count) => count === 1)) return x;
  const value = plainValue(graph, x);
  // Expand copies nothing that an elementwise operator could not read twice; Tile is for axes longer than 1.
  const repeated = x.shape.every((length, axis) => length === 1 || reps[axis] === 1);
  return plain(
    repeated ? expand(graph, value, shape) : graph.emit("Tile", [value, graph.integers(reps)], { shape }),
  );
}

/** The shape that two shapes broadcast to, as a tensor of lengths. */
export function broadcastShape({ graph, inputs: { s0, s1 } }: Call): Operand {
  const [left, right] = [s0, s1].map((lengths) => {
    const missing = Math.max(s0.shape[0], s1.shape[0]) - lengths.shape[0];
    const ones = filled(1, [missing], "int32");
    return plainValue(graph, concatenate({ graph, inputs: { ones, lengths }, attributes: { axis: 0 } }));
  });
  const repeats = pointwise(graph, "Equal", [left, graph.scalar(1, "int32")], { type: "bool" });
  return plain(pointwise(graph, "Where", [repeats, right, left], { type: "int32" }));
}
