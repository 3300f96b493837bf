/**
 * Batch normalization with given moments.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { pointwise } from "../arrange.ts";
import { elementwise } from "../elementwise.ts";
import { type Call, filled, type Operand } from "../operand.ts";

/** `(x - mean) scale / sqrt(variance + epsilon) + offset` */
export function batchNormalization({ graph, inputs, attributes }: Call<tf.FusedBatchNormAttrs>): Operand {
  const { x, mean, variance } = inputs;
  const scale = inputs.scale ?? filled(1, [], "float32"), offset = inputs.offset ?? filled(0, [], "float32");
  return elementwise(graph, [x, mean, variance, scale, offset], ([value, centre, spread, factor, shift]) => {
    const epsilon = graph.scalar(attributes.varianceEpsilon);
    const deviation = pointwise(graph, "Sqrt", [pointwise(graph, "Add", [spread, epsilon])]);
    const slope = pointwise(graph, "Div", [factor, deviation]);
    const centred = pointwise(graph, "Sub", [value, centre]);
    return pointwise(graph, "Add", [pointwise(graph, "Mul", [centred, slope]), shift]);
  });
}
