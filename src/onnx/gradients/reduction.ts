/**
 * Gradients of reductions.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { reducedAxes, type ReplacedGradient, single } from "./replaced.ts";

/** To all elements that reach the extreme, in equal shares, as that of PyTorch's `amax`. */
function sharedBetweenTies(attribute: "axis" | "reductionIndices"): ReplacedGradient {
  return {
    why: "TensorFlow.js gives the whole gradient to each of several equal extremes",
    inputsToSave: ["x"],
    outputsToSave: [true],
    gradFunc(dy, [x, y], attributes) {
      const axes = reducedAxes(attributes[attribute], x.shape);
      const shape = x.shape.map((length, axis) => axes.includes(axis) ? 1 : length);
      return {
        x: () => {
          const reached = tf.cast(tf.equal(x, tf.reshape(y, shape)), "float32");
          return tf.mul(tf.div(tf.reshape(single(dy), shape), tf.sum(reached, axes, true)), reached);
        },
      };
    },
  };
}

/** The product of all other elements, without a division by those that are 0. */
const product: ReplacedGradient = {
  why: "TensorFlow.js takes no axis counted from the end",
  inputsToSave: ["x"],
  gradFunc(dy, [x], attributes) {
    const axes = reducedAxes(attributes.axis, x.shape);
    const order = [...x.shape.keys()].sort((a, b) =>
      Number(axes.includes(a)) - Number(axes.includes(b)) || a - b
    );
    return {
      x: () => {
        const last = tf.transpose(x, order), count = axes.reduce((size, axis) => size * x.shape[axis], 1);
        const rows = tf.reshape(last, [-1, count]);
        const others = tf.mul(tf.cumprod(rows, 1, true, false), tf.cumprod(rows, 1, true, true));
        const gradient = tf.mul(tf.reshape(single(dy), [-1, 1]), others);
        return tf.transpose(tf.reshape(gradient, last.shape), order.map((_, axis) => order.indexOf(axis)));
      },
    };
  },
};

/** Gradients of reductions by kernel. */
export const REDUCTION = {
  Max: sharedBetweenTies("reductionIndices"),
  Min: sharedBetweenTies("axis"),
  Prod: product,
} as const satisfies Record<string, ReplacedGradient>;
