/**
 * Gradients of operations that move pixels.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type ReplacedGradient, single } from "./replaced.ts";

const why = "TensorFlow.js has none";

/** Blocks of rows and columns become channels again. */
const depthToSpace: ReplacedGradient = {
  why,
  gradFunc(dy, _, attributes) {
    const size = Number(attributes.blockSize);
    return {
      x: () => {
        const [batch, height, width, channels] = single(dy).shape;
        const blocks = tf.reshape(single(dy), [batch, height / size, size, width / size, size, channels]);
        const moved = tf.transpose(blocks, [0, 1, 3, 2, 4, 5]);
        return tf.reshape(moved, [batch, height / size, width / size, size * size * channels]);
      },
    };
  },
};

const flipLeftRight: ReplacedGradient = {
  why,
  gradFunc: (dy) => ({ image: () => tf.reverse(single(dy), 2) }),
};

/** Each window's gradient goes to the element that it names. */
const maxPoolWithArgmax: ReplacedGradient = {
  why,
  inputsToSave: ["x"],
  outputsToSave: [false, true],
  gradFunc(dy, [x, positions], attributes) {
    const [gradient] = Array.isArray(dy) ? dy : [dy];
    return {
      x: () => {
        const [batch, height, width, channels] = x.shape, image = height * width * channels;
        const first = tf.mul(tf.range(0, batch, 1, "int32"), tf.scalar(image, "int32"));
        const places = attributes.includeBatchInIndex
          ? positions
          : tf.add(positions, tf.reshape(first, [batch, 1, 1, 1]));
        const sums = tf.unsortedSegmentSum(
          tf.reshape(gradient, [-1]),
          tf.cast(tf.reshape(places, [-1]), "int32") as tf.Tensor1D,
          x.size,
        );
        return tf.reshape(sums, x.shape);
      },
    };
  },
};

/** Gradients of operations on images by kernel. */
export const IMAGE = {
  [tf.DepthToSpace]: depthToSpace,
  [tf.FlipLeftRight]: flipLeftRight,
  [tf.MaxPoolWithArgmax]: maxPoolWithArgmax,
} as const satisfies Record<string, ReplacedGradient>;
