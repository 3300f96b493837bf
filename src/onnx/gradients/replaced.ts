/**
 * What a gradient of our own is, and what gradients share.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** A gradient that takes the place of the one of TensorFlow.js, or of none. */
export interface ReplacedGradient extends Omit<tf.GradConfig, "kernelName"> {
  /** What is missing or wrong in TensorFlow.js. */
  readonly why: string;
}

/** The gradient of an operation with one output. Throws TypeError when there are several. */
export function single(dy: tf.Tensor | tf.Tensor[]): tf.Tensor {
  if (Array.isArray(dy)) throw new TypeError("Cannot take the gradient: it must be one tensor, got several");
  return dy;
}

/** Sums over the axes along which a tensor of `shape` was repeated. */
export function summedTo(gradient: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = tf.backend_util.getReductionAxes(shape, gradient.shape);
  return tf.reshape(axes.length === 0 ? gradient : tf.sum(gradient, axes), shape);
}

/** The axes that a reduction names; all of them when it names none. */
export function reducedAxes(given: unknown, shape: number[]): number[] {
  const axes = given as number | number[] | null | undefined;
  return tf.util.parseAxisParam(axes ?? shape.map((_, axis) => axis), shape);
}

/** Zeros for inputs whose values may change by a little without any effect. */
export function zeroFor(...names: readonly string[]): Pick<ReplacedGradient, "inputsToSave" | "gradFunc"> {
  return {
    inputsToSave: [...names],
    gradFunc: (_, saved) =>
      Object.fromEntries(names.map((name, index) => [name, () => tf.zeros(saved[index].shape)])),
  };
}
