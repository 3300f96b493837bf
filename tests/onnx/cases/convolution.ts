/** Convolutions of signals and images, of images whose channels come first, and transposed ones. */
import * as tf from "@tensorflow/tfjs";
import type { Case } from "../reference.ts";
import { inputs, type Pad, type Pair } from "./shapes.ts";

const signal = (shape: number[], kernel: number[], stride: number, pad: Pad): Case => ({
  inputs: { x: { shape }, w: { shape: kernel } },
  run: ({ x, w }) => tf.conv1d(x as tf.Tensor3D, w as tf.Tensor3D, stride, pad),
});
const image = (shape: number[], kernel: number[], strides: [number, number], pad: Pad): Case => ({
  inputs: { x: { shape }, w: { shape: kernel } },
  run: ({ x, w }) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, strides, pad),
});
const convolutions: Case[] = [
  signal([2, 9, 1], [4, 1, 3], 1, "same"),
  signal([2, 9, 3], [4, 3, 5], 1, "valid"),
  signal([2, 9, 3], [3, 3, 2], 2, "same"),
  signal([2, 10, 3], [3, 3, 2], 3, "valid"),
  signal([2, 5, 3], [1, 3, 2], 1, "valid"),
  image([2, 6, 5, 3], [3, 2, 3, 4], [1, 1], "same"),
  image([2, 7, 6, 3], [3, 2, 3, 4], [2, 3], "valid"),
  image([1, 6, 6, 2], [3, 3, 2, 2], [2, 2], 1),
  // TensorFlow.js counts columns by the kernel's rows when padding is a number.
  image([1, 6, 6, 2], [3, 2, 2, 2], [1, 1], 1),
  image([1, 5, 5, 2], [2, 2, 2, 2], [1, 1], 3),
  // Enough channels for the filter's gradient by tap.
  signal([2, 7, 33], [3, 33, 34], 1, "same"),
  signal([2, 7, 33], [2, 33, 34], 1, "valid"),
];
/** Causal padding, a bias, an activation and a sum over the batch, as a layer and its gradients have them. */
const layer: Case = {
  inputs: { x: { shape: [2, 8, 2] }, w: { shape: [3, 2, 4] }, b: { shape: [4] } },
  run: ({ x, w, b }) => {
    const padded = tf.pad(x, [[0, 0], [2, 0], [0, 0]]) as tf.Tensor3D;
    const hidden = tf.leakyRelu(
      tf.add(tf.conv1d(padded, w as tf.Tensor3D, 1, "valid"), tf.reshape(b, [1, 1, 4])),
      0.1,
    );
    const joined = tf.concat([hidden, tf.square(hidden)], 2);
    return [
      tf.max(joined, 1),
      tf.mean(joined, [1, 2]),
      tf.sum(joined, [0, 1]),
      tf.slice(joined, [0, 1, 3], [2, 3, 2]),
    ];
  },
};

const channelsFirst = (strides: Pair, pad: Pad, rates?: Pair): Case => ({
  inputs: inputs({ x: [2, 3, 8, 7], filter: [3, 2, 3, 4] }),
  run: ({ x, filter }) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, strides, pad, "NCHW", rates),
});
export const CHANNELS_FIRST_DILATED = channelsFirst([1, 1], "valid", [2, 2]);

const transposed = (
  pad: "same" | "valid",
  strides: Pair,
  output: [number, number, number, number],
): Case => ({
  inputs: { x: { shape: [2, 4, 3, 2] }, filter: { shape: [3, 2, 5, 2] } },
  run: ({ x, filter }) => tf.conv2dTranspose(x as tf.Tensor4D, filter as tf.Tensor4D, output, strides, pad),
});
const transposedCases: Case[] = [
  transposed("valid", [2, 2], [2, 9, 6, 5]),
  transposed("same", [2, 2], [2, 8, 6, 5]),
  transposed("same", [1, 1], [2, 4, 3, 5]),
  transposed("valid", [3, 2], [2, 12, 6, 5]),
];

export const CASES: Record<string, Case[]> = {
  Conv2D: [
    ...convolutions,
    layer,
    {
      inputs: { x: { shape: [2, 12, 2] }, w: { shape: [3, 2, 4] } },
      run: ({ x, w }) => tf.conv1d(x as tf.Tensor3D, w as tf.Tensor3D, 1, "same", "NWC", 3),
    },
    {
      inputs: { x: { shape: [1, 6, 6, 2] }, w: { shape: [3, 3, 2, 2] } },
      run: ({ x, w }) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, 1, "NHWC", 1, "ceil"),
    },
    channelsFirst([1, 1], "same"),
    channelsFirst([2, 2], "valid"),
    CHANNELS_FIRST_DILATED,
  ],
  Conv2DBackpropFilter: [...convolutions, layer],
  Conv2DBackpropInput: [...convolutions, ...transposedCases],
};
