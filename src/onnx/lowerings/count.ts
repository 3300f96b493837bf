/**
 * Counting whole numbers, and places in a sorted sequence.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { cast, pointwise, reshape } from "../graph/arrange.ts";
import { sizeOf } from "../graph/graph.ts";
import { type Call, filled, type Operand, plain, plainValue } from "../graph/operand.ts";
import { slice } from "./slice.ts";

/**
 * How often each whole number below `size` occurs in each row, or the sum of its weights, or with `binaryOutput` whether it occurs.
 * Numbers outside are not counted.
 */
export function count(
  { graph, inputs: { x, weights }, attributes: { size, binaryOutput = false } }: Call<
    tf.BincountAttrs & Partial<tf.DenseBincountAttrs>
  >,
): Operand {
  const rows = x.shape.slice(0, -1), shape = [...rows, size];
  const axis = rows.length;
  if (sizeOf(x.shape) === 0) return filled(0, shape, weights.dtype);
  const numbers = cast(graph, plainValue(graph, x), "int64");
  const [zero, end] = [0, size].map((limit) => graph.scalar(limit, "int64"));
  const inside = pointwise(graph, "And", [
    pointwise(graph, "GreaterOrEqual", [numbers, zero], { type: "bool" }),
    pointwise(graph, "Less", [numbers, end], { type: "bool" }),
  ]);
  // Those outside are counted in one place more, which is cut off.
  const positions = pointwise(graph, "Where", [inside, numbers, end], { type: "int64" });
  const counted = binaryOutput || sizeOf(weights.shape) === 0 ? filled(1, x.shape, weights.dtype) : weights;
  const grown = [...rows, size + 1];
  const inputs = [
    plainValue(graph, filled(0, grown, weights.dtype)),
    positions,
    reshape(graph, plainValue(graph, counted), x.shape),
  ];
  const sums = graph.emit("ScatterElements", inputs, {
    shape: grown,
    attributes: { axis, reduction: binaryOutput ? "none" : "add" },
  });
  const attributes = { begin: grown.map(() => 0), size: shape };
  return slice({ graph, inputs: { x: plain(sums) }, attributes });
}

/** The same over all rows together, as `Bincount` counts; `DenseBincount` counts each row. */
export function countAll({ graph, inputs: { x, weights }, attributes }: Call<tf.BincountAttrs>): Operand {
  const numbers = plain(reshape(graph, plainValue(graph, x), [sizeOf(x.shape)]));
  return count({ graph, inputs: { x: numbers, weights }, attributes });
}

/** How many numbers of a sorted row are below each value, or with the side `right` not above it. */
export function place(
  { graph, inputs: { sortedSequence, values }, attributes: { side } }: Call<tf.SearchSortedAttrs>,
): Operand {
  const [batch, length] = sortedSequence.shape, count = values.shape[1];
  const sorted = reshape(graph, plainValue(graph, sortedSequence), [batch, 1, length]);
  const sought = reshape(graph, plainValue(graph, values), [batch, count, 1]);
  const operator = side === "left" ? "Less" : "LessOrEqual";
  const before = cast(graph, pointwise(graph, operator, [sorted, sought], { type: "bool" }), "int32");
  return plain(graph.emit("ReduceSum", [before, graph.integers([-1])], {
    shape: [batch, count],
    attributes: { keepdims: 0 },
  }));
}
