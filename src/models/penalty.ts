/**
 * The L2 penalty.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/**
 * l2 · Σ ½ k², over all numbers k of the kernels among these weights; biases are free.
 *
 * Source: `tf.nn.l2_loss`, which has the half. (The `l2` of Keras has none: its 1e-4 is 2e-4 here.)
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import assert from "node:assert/strict";
 * const weights = { "logits/kernel": tf.variable(tf.tensor2d([[3], [4]])), "logits/bias": tf.variable(tf.tensor1d([5])) };
 * assert.equal(kernelPenalty(weights, { l2: 0.5 }).dataSync()[0], 6.25);
 * ```
 */
export function kernelPenalty(
  weights: Readonly<Record<string, tf.Variable>>,
  { l2 }: { l2: number },
): tf.Scalar {
  const squares = Object.entries(weights).filter(([name]) => name.endsWith("/kernel"))
    .map(([, kernel]) => kernel.square().sum());
  return squares.reduce((sum, square) => sum.add(square), tf.scalar(0)).mul(l2 / 2).asScalar();
}
