/**
 * Gradients of cumulative sums and products.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type ReplacedGradient, single } from "./replaced.ts";

/** The cumulative sum from the other end. */
const sum: ReplacedGradient = {
  why: "TensorFlow.js leaves the axes in another order unless the axis is the last",
  gradFunc(dy, _, { axis, exclusive, reverse }) {
    return { x: () => tf.cumsum(single(dy), Number(axis), Boolean(exclusive), !reverse) };
  },
};

/**
 * For `y[j]`, the product of `x` up to `j`: `dx[i] = p[i] s[i]`, where `p[i]` is the product of all before `i`, and
 * `s[i] = dy[i] + x[i + 1] s[i + 1]`. Nothing is divided by, so that elements of 0 have their gradient too.
 */
const product: ReplacedGradient = {
  why: "TensorFlow.js has none",
  inputsToSave: ["x"],
  gradFunc(dy, [x], { axis, exclusive, reverse }) {
    const [place] = tf.util.parseAxisParam(Number(axis), x.shape);
    const turned = (tensor: tf.Tensor) => reverse ? tf.reverse(tensor, place) : tensor;
    return {
      x: () => {
        const factors = turned(x), given = turned(single(dy));
        const before = tf.cumprod(factors, place, true);
        const after = recurrence(
          shifted(factors, place, 1),
          exclusive ? shifted(given, place, 1) : given,
          place,
        );
        return turned(tf.mul(before, after));
      },
    };
  },
};

/** `s[i] = b[i] + a[i] s[i + 1]` along an axis, by doubling the distance (Kogge and Stone 1973). */
function recurrence(a: tf.Tensor, b: tf.Tensor, axis: number): tf.Tensor {
  for (let distance = 1; distance < a.shape[axis]; distance *= 2) {
    b = tf.add(b, tf.mul(a, shifted(b, axis, distance)));
    a = tf.mul(a, shifted(a, axis, distance));
  }
  return b;
}

/** The elements `distance` further on, zeros after the last. */
function shifted(tensor: tf.Tensor, axis: number, distance: number): tf.Tensor {
  const begin = tensor.shape.map((_, other) => other === axis ? distance : 0);
  const rest = tf.slice(tensor, begin, tensor.shape.with(axis, tensor.shape[axis] - distance));
  return tf.pad(rest, tensor.shape.map((_, other) => other === axis ? [0, distance] : [0, 0]));
}

/** Gradients of cumulative operations by kernel. */
export const CUMULATIVE = { Cumsum: sum, Cumprod: product } as const satisfies Record<
  string,
  ReplacedGradient
>;
