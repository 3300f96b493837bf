/**
 * Max-pooling that tells where the largest elements are.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { cast, pointwise } from "../graph/arrange.ts";
import type { Graph, Value } from "../graph/graph.ts";
import { type Call, channelsFirst, channelsFirstValue, type Operand } from "../graph/operand.ts";
import { largest } from "./pooling.ts";
import { imageWindows } from "./windows.ts";

/** The largest element of each window, and its place among `[height, width, channel]`, or with the batch in front. */
export function maxPoolWithPositions(
  { graph, inputs: { x }, attributes }: Call<tf.MaxPoolWithArgmaxAttrs>,
): Operand[] {
  const [batch, height, width, channels] = x.shape, { filterSize, strides, pad } = attributes;
  const info = tf.backend_util.computePool2DInfo(
    [batch, height, width, channels],
    filterSize,
    strides,
    1,
    pad,
  );
  const value = channelsFirstValue(graph, x);
  // TensorFlow.js passes over NaN.
  const isMissing = pointwise(graph, "IsNaN", [value], { type: "bool" });
  const known = pointwise(graph, "Where", [isMissing, graph.scalar(-Infinity), value], { type: "float32" });
  // The padding is never as long as a window, so that positions are those of the input.
  const { values, positions } = largest(graph, known, imageWindows(info));
  const places = channelsLastPlaces(graph, positions, {
    area: height * width,
    channels,
    withBatch: attributes.includeBatchInIndex,
  });
  return [
    channelsFirst(values, info.outShape),
    channelsFirst(cast(graph, places, "int32"), info.outShape),
  ];
}

/** ONNX counts places of `[batch, channel, height, width]`. */
function channelsLastPlaces(
  graph: Graph,
  positions: Value,
  { area, channels, withBatch }: { area: number; channels: number; withBatch: boolean },
): Value {
  const compute = (operator: string, left: Value, right: number) =>
    pointwise(graph, operator, [left, graph.scalar(right, "int64")]);
  const plane = compute("Div", positions, area);
  const inPlane = compute("Mod", positions, area);
  const place = withBatch
    ? pointwise(graph, "Add", [compute("Mul", compute("Div", plane, channels), area), inPlane])
    : inPlane;
  return pointwise(graph, "Add", [compute("Mul", place, channels), compute("Mod", plane, channels)]);
}
