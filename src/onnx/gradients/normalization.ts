/**
 * Gradients of normalization and of what moments are made of.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type ReplacedGradient, single, summedTo } from "./replaced.ts";

/**
 * With r = 1 / √(variance + ε), g = dy · scale and c = x - mean: r g for x, -Σ r g for the mean, -½ Σ r³ g c for the variance,
 * Σ r c dy for the scale, Σ dy for the offset.
 *
 * Source: Ioffe and Szegedy (2015), section 3, of given moments.
 */
const batchNormalization: ReplacedGradient = {
  why:
    "TensorFlow.js writes some twenty tensors of the size of x where five are enough, and knows one or all axes alone",
  inputsToSave: ["x", "mean", "variance", "scale"],
  gradFunc(dy, [x, mean, variance, scale], attributes) {
    const epsilon = Number(attributes.varianceEpsilon);
    const inverse = tf.rsqrt(tf.add(variance, epsilon));
    const factor = scale === undefined ? inverse : tf.mul(inverse, scale);
    const centred = tf.sub(x, mean), moved = tf.mul(single(dy), factor);
    return {
      x: () => moved,
      mean: () => tf.neg(summedTo(moved, mean.shape)),
      variance: () => {
        const slope = tf.mul(tf.square(inverse), -0.5);
        return summedTo(tf.mul(tf.mul(moved, centred), slope), variance.shape);
      },
      scale: () => summedTo(tf.mul(tf.mul(single(dy), centred), inverse), scale.shape),
      offset: () => summedTo(single(dy), scale === undefined ? mean.shape : scale.shape),
    };
  },
};

/** 2 x dy, the factor first where it meets fewer numbers. */
const square: ReplacedGradient = {
  why: "TensorFlow.js doubles x, which is larger than a gradient that is the same along an axis",
  inputsToSave: ["x"],
  gradFunc: (dy, [x]) => ({ x: () => tf.mul(tf.mul(single(dy), 2), tf.cast(x, "float32")) }),
};

/** Gradients of normalization by kernel. */
export const NORMALIZATION = {
  FusedBatchNorm: batchNormalization,
  Square: square,
} as const satisfies Record<string, ReplacedGradient>;
