/** Operations that ONNX Runtime 1.30 refuses on WebGPU, or computes wrongly there without an error. */
import * as tf from "@tensorflow/tfjs";
import type { Case } from "../reference.ts";

export const GAPS: Readonly<Record<string, Case>> = {
  "the positions of maxima of an image": {
    inputs: { x: { shape: [2, 6, 6, 3] } },
    run: ({ x }) => tf.maxPool(x as tf.Tensor4D, [3, 2], 2, "same"),
  },
  "a convolution of one tap with padding behind alone": {
    inputs: { x: { shape: [2, 4, 1, 3] }, filter: { shape: [1, 1, 3, 3] } },
    run: ({ x, filter }) =>
      tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, [[0, 0], [0, 2], [0, 0], [0, 0]]),
  },
  "a convolution with as many taps as places and padding behind alone": {
    inputs: { x: { shape: [5, 6, 1, 4] }, filter: { shape: [6, 1, 4, 2] } },
    run: ({ x, filter }) =>
      tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, [[0, 0], [0, 1], [0, 0], [0, 0]]),
  },
  "the gradient of a depthwise convolution with two filters of a channel": {
    inputs: { x: { shape: [2, 6, 5, 3] }, filter: { shape: [3, 2, 3, 2] } },
    run: ({ x, filter }) => tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, [2, 2], "valid"),
  },
};
