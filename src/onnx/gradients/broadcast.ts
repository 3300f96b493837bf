/**
 * Gradients of functions of two tensors that broadcast.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type ReplacedGradient, single, summedTo } from "./replaced.ts";

/** To the larger or smaller of two, in equal shares where they are equal. */
function largerOrSmaller(wins: typeof tf.greater): ReplacedGradient {
  return {
    why:
      "TensorFlow.js does not sum over axes that broadcast, and gives the whole gradient to both of two equals",
    inputsToSave: ["a", "b"],
    gradFunc(dy, [a, b]) {
      const share = (left: tf.Tensor, right: tf.Tensor) => () => {
        const half = tf.mul(0.5, tf.cast(tf.equal(left, right), "float32"));
        const won = tf.add(tf.cast(wins(left, right), "float32"), half);
        return summedTo(tf.mul(single(dy), won), left.shape);
      };
      return { a: share(a, b), b: share(b, a) };
    },
  };
}

/** `2 (a - b)` and its opposite. */
const squaredDifference: ReplacedGradient = {
  why: "TensorFlow.js does not sum over axes that broadcast",
  inputsToSave: ["a", "b"],
  gradFunc(dy, [a, b]) {
    const slope = (left: tf.Tensor, right: tf.Tensor) => () =>
      summedTo(tf.mul(single(dy), tf.mul(2, tf.sub(left, right))), left.shape);
    return { a: slope(a, b), b: slope(b, a) };
  },
};

/** `b a^(b - 1)` and `a^b log(a)`; both are 0 where the power is the constant that exponent 0 or base 0 make of it. */
const power: ReplacedGradient = {
  why: "TensorFlow.js gives NaN for the base at 0 to the power 0",
  inputsToSave: ["a", "b"],
  outputsToSave: [true],
  gradFunc(dy, [a, b, y]) {
    return {
      a: () => {
        const exponent = tf.cast(b, "float32");
        const slope = tf.mul(exponent, tf.pow(a, tf.sub(exponent, 1)));
        const constant = tf.equal(exponent, 0);
        return summedTo(tf.mul(single(dy), tf.where(constant, tf.zerosLike(slope), slope)), a.shape);
      },
      b: () => {
        const positive = tf.greater(a, 0);
        const base = tf.cast(a, "float32");
        const logarithm = tf.where(positive, tf.log(base), tf.zerosLike(base));
        return summedTo(tf.mul(single(dy), tf.mul(y, logarithm)), b.shape);
      },
    };
  },
};

/** The product of matrices whose batch axes broadcast. */
const matrixProduct: ReplacedGradient = {
  why: "TensorFlow.js does not sum over batch axes that broadcast",
  inputsToSave: ["a", "b"],
  gradFunc(given, [a, b], { transposeA, transposeB }) {
    const dy = single(given);
    return {
      a: () =>
        summedTo(
          transposeA ? tf.matMul(b, dy, Boolean(transposeB), true) : tf.matMul(dy, b, false, !transposeB),
          a.shape,
        ),
      b: () =>
        summedTo(
          transposeB ? tf.matMul(dy, a, true, Boolean(transposeA)) : tf.matMul(a, dy, !transposeA, false),
          b.shape,
        ),
    };
  },
};

/** Gradients of functions of two tensors by kernel. */
export const BROADCAST = {
  BatchMatMul: matrixProduct,
  Maximum: largerOrSmaller(tf.greater),
  Minimum: largerOrSmaller(tf.less),
  Pow: power,
  SquaredDifference: squaredDifference,
} as const satisfies Record<string, ReplacedGradient>;
