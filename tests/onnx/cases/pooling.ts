/** Pooling of images. */
import * as tf from "@tensorflow/tfjs";
import type { Case } from "../reference.ts";
import type { Pad } from "./shapes.ts";

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
