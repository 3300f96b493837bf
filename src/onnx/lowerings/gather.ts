/**
 * Elements by position.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { cast, pointwise, reshape } from "../arrange.ts";
import { sizeOf } from "../graph.ts";
import { type Call, filled, type Operand, operandType, plain, plainValue } from "../operand.ts";

/** Slices of an axis by position. Throws RangeError when the positions have batch axes of their own. */
export function gather({ graph, inputs: { x, indices }, attributes }: Call<tf.GatherV2Attrs>): Operand {
  if (attributes.batchDims) {
    throw new RangeError(`Cannot record a gather: batchDims must be 0, got ${attributes.batchDims}`);
  }
  const [axis] = tf.util.parseAxisParam(attributes.axis, [...x.shape]);
  const shape = x.shape.toSpliced(axis, 1, ...indices.shape);
  const inputs = [plainValue(graph, x), cast(graph, plainValue(graph, indices), "int32")];
  return plain(graph.emit("Gather", inputs, { shape, attributes: { axis } }));
}

/** 1 at each position, 0 elsewhere, or two other values. */
export function oneHot({ graph, inputs: { indices }, attributes }: Call<tf.OneHotAttrs>): Operand {
  const { depth, onValue, offValue } = attributes;
  const dtype = operandType(attributes.dtype);
  const positions = reshape(graph, plainValue(graph, indices), [...indices.shape, 1]);
  const classes = graph.constant(Int32Array.from({ length: depth }, (_, index) => index), {
    type: "int32",
    shape: [depth],
  });
  const hit = pointwise(graph, "Equal", [positions, classes], { type: "bool" });
  const type = dtype === "bool" ? "int32" : dtype;
  const chosen = pointwise(graph, "Where", [hit, graph.scalar(onValue, type), graph.scalar(offValue, type)], {
    type,
  });
  return plain(cast(graph, chosen, dtype));
}

/** The sum of the slices that carry each segment's number; the gradient of a gather. */
export function segmentSum(
  { graph, inputs: { x, segmentIds }, attributes }: Call<tf.UnsortedSegmentSumAttrs>,
): Operand {
  const rest = x.shape.slice(segmentIds.shape.length);
  const shape = [attributes.numSegments, ...rest];
  const zeros = plainValue(graph, filled(0, shape, x.dtype));
  const count = sizeOf(segmentIds.shape);
  const positions = reshape(graph, cast(graph, plainValue(graph, segmentIds), "int64"), [count, 1]);
  const slices = reshape(graph, plainValue(graph, x), [count, ...rest]);
  const inputs = [zeros, positions, slices];
  return plain(graph.emit("ScatterND", inputs, { shape, attributes: { reduction: "add" } }));
}
