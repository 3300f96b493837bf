/** Convolution, pooling and normalization. */
import * as tf from "@tensorflow/tfjs";
import type { Case } from "../reference.ts";

type Pad = "same" | "valid" | number;

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
const fused = (activation: tf.fused.Activation, bias: boolean): Case => ({
  inputs: {
    x: { shape: [2, 5, 4, 2] },
    filter: { shape: [3, 2, 2, 3] },
    ...(bias && { bias: { shape: [3] } }),
  },
  run: ({ x, filter, bias }) =>
    tf.fused.conv2d({
      x: x as tf.Tensor4D,
      filter: filter as tf.Tensor4D,
      strides: 1,
      pad: "same",
      bias,
      activation,
    }),
});

type Pool = typeof tf.maxPool;

const pool = (
  run: Pool,
  shape: number[],
  filter: [number, number],
  strides: [number, number],
  pad: Pad,
): Case => ({
  inputs: { x: { shape } },
  run: ({ x }) => run(x as tf.Tensor4D, filter, strides, pad),
});
const pools = (run: Pool): Case[] => [
  pool(run, [2, 9, 1, 3], [4, 1], [2, 1], "valid"),
  pool(run, [2, 1, 10, 3], [1, 3], [1, 3], "valid"),
  pool(run, [2, 5, 6, 2], [3, 2], [2, 2], "valid"),
];
/** More windows than fit in, padding longer than a window, and windows of one element, which TensorFlow.js takes for the identity. */
const edges: Case[] = [
  {
    inputs: { x: { shape: [1, 6, 5, 2] } },
    run: ({ x }) => tf.maxPool(x as tf.Tensor4D, 3, 2, 1, "ceil"),
  },
  {
    ...pool(tf.maxPool, [1, 2, 2, 3], [1, 1], [2, 2], 1),
    noGradient: "the cpu backend's is of another value",
  },
];
const samePadding = (run: Pool): Case => pool(run, [2, 5, 6, 2], [3, 2], [2, 3], "same");

export const CASES: Record<string, Case[]> = {
  AvgPool: [
    ...pools(tf.avgPool),
    { ...pool(tf.avgPool, [1, 3, 3, 2], [3, 3], [1, 1], 2), noGradient: "the cpu backend's is wrong" },
    {
      ...samePadding(tf.avgPool),
      noGradient: "the cpu backend divides by the whole window at the border; see gradients/table_test.ts",
    },
  ],
  AvgPoolGrad: pools(tf.avgPool),
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
  ],
  Conv2DBackpropFilter: [...convolutions, layer],
  Conv2DBackpropInput: [
    ...convolutions,
    {
      inputs: { x: { shape: [2, 4, 3, 2] }, w: { shape: [3, 2, 5, 2] } },
      run: ({ x, w }) =>
        tf.conv2dTranspose(x as tf.Tensor4D, w as tf.Tensor4D, [2, 9, 6, 5], [2, 2], "valid"),
    },
  ],
  FusedBatchNorm: [
    {
      inputs: {
        x: { shape: [2, 4, 3] },
        m: { shape: [3] },
        v: { shape: [3], from: 0.5, to: 2 },
        o: { shape: [3] },
        s: { shape: [3] },
      },
      run: ({ x, m, v, o, s }) =>
        tf.batchNorm(x, m as tf.Tensor1D, v as tf.Tensor1D, o as tf.Tensor1D, s as tf.Tensor1D, 1e-2),
    },
    {
      inputs: { x: { shape: [2, 3] }, m: { shape: [3] }, v: { shape: [3], from: 0.5, to: 2 } },
      run: ({ x, m, v }) => tf.batchNorm(x, m as tf.Tensor1D, v as tf.Tensor1D),
      noGradient: "TensorFlow.js cannot save the scale that is not there",
    },
  ],
  FusedConv2D: [fused("linear", false), fused("linear", true), fused("relu", true), fused("elu", true)],
  MaxPool: [
    ...pools(tf.maxPool),
    samePadding(tf.maxPool),
    ...edges,
    {
      inputs: { x: { shape: [1, 4, 5, 2], dtype: "int32", from: -9, to: 9 } },
      run: ({ x }) => tf.maxPool(x as tf.Tensor4D, 2, 1, "valid"),
      noGradient: "whole numbers",
    },
  ],
  MaxPoolGrad: [...pools(tf.maxPool), samePadding(tf.maxPool), edges[0]],
};
