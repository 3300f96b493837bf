/**
 * Gradients of pooling.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type ReplacedGradient, single } from "./replaced.ts";

const why = "TensorFlow.js forgets how the number of windows is rounded";

function run(kernelName: string, inputs: tf.NamedTensorMap, attributes: tf.NamedAttrMap): tf.Tensor {
  return single(tf.engine().runKernel(kernelName, inputs, attributes));
}

const maximum: ReplacedGradient = {
  why,
  inputsToSave: ["x"],
  outputsToSave: [true],
  gradFunc: (dy, [x, y], attributes) => ({
    x: () => run(tf.MaxPoolGrad, { dy: single(dy), input: x, output: y }, attributes),
  }),
};

const mean: ReplacedGradient = {
  why,
  inputsToSave: ["x"],
  gradFunc: (dy, [x], attributes) => ({
    x: () => run(tf.AvgPoolGrad, { dy: single(dy), input: x }, attributes),
  }),
};

/** Gradients of pooling by kernel. */
export const POOLING = {
  [tf.AvgPool]: mean,
  [tf.MaxPool]: maximum,
} as const satisfies Record<string, ReplacedGradient>;
