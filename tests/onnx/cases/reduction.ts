/** Reductions and matrix products. */
import * as tf from "@tensorflow/tfjs";
import type { Case, Numbers } from "../reference.ts";

type Reduce = (x: tf.Tensor, axis?: number | number[], keepDims?: boolean) => tf.Tensor;

const along = (reduce: Reduce, numbers?: Partial<Numbers>, noGradient?: string): Case[] => {
  const x = { shape: [2, 3, 4], ...numbers };
  return [[undefined, false], [0, false], [[1, 2], true], [-1, true], [[0, 2], false], [[], false]].map((
    [axis, keepDims],
  ) => ({
    inputs: { x },
    run: ({ x }) => reduce(x, axis as number | number[] | undefined, keepDims as boolean),
    noGradient,
  }));
};
const positions = (reduce: (x: tf.Tensor, axis: number) => tf.Tensor): Case[] =>
  [0, 1, -1].map((axis) => ({
    inputs: { x: { shape: [3, 4], values: [1, 5, 5, 0, 2, 2, 2, 2, -1, 7, -7, 7] } },
    run: ({ x }) => reduce(x, axis),
    noGradient: "positions",
  }));
const cumulative = (run: typeof tf.cumsum): Case[] =>
  ([[0, false, false], [1, true, false], [0, false, true], [2, true, true]] as const).map((
    [axis, exclusive, reverse],
  ) => ({
    inputs: { x: { shape: [2, 3, 5] } },
    run: ({ x }) => run(x, axis, exclusive, reverse),
  }));
const product = (left: number[], right: number[], transposeA: boolean, transposeB: boolean): Case => ({
  inputs: { a: { shape: left }, b: { shape: right } },
  run: ({ a, b }) => tf.matMul(a, b, transposeA, transposeB),
});
const dense = (activation: tf.fused.Activation, bias: number[] | undefined): Case => ({
  inputs: { a: { shape: [3, 4] }, b: { shape: [4, 5] }, ...(bias && { bias: { shape: bias } }) },
  run: ({ a, b, bias }) =>
    tf.fused.matMul({ a: a as tf.Tensor2D, b: b as tf.Tensor2D, bias, activation, leakyreluAlpha: 0.3 }),
});

export const CASES: Record<string, Case[]> = {
  All: along(tf.all, { dtype: "bool" }, "logic"),
  Any: along(tf.any, { dtype: "bool" }, "logic"),
  ArgMax: positions(tf.argMax),
  ArgMin: positions(tf.argMin),
  BatchMatMul: [
    product([2, 3], [3, 4], false, false),
    product([3, 2], [4, 3], true, true),
    product([2, 3, 4], [2, 4, 5], false, false),
    product([2, 4, 3], [2, 5, 4], true, true),
    product([1, 4, 3], [1, 5, 3], false, true),
    product([2, 3, 4], [1, 4, 5], false, false),
  ],
  Cumprod: cumulative(tf.cumprod),
  Cumsum: cumulative(tf.cumsum),
  Max: along(tf.max),
  Mean: [...along(tf.mean), {
    inputs: { x: { shape: [2, 3], dtype: "int32" } },
    run: ({ x }) => tf.mean(x),
    noGradient: "whole numbers",
  }],
  Min: along(tf.min),
  Prod: along(tf.prod, { from: 0.5, to: 1.5 }),
  Sum: [
    ...along(tf.sum),
    { inputs: { x: { shape: [2, 3], dtype: "bool" } }, run: ({ x }) => tf.sum(x, 0), noGradient: "logic" },
  ],
  _FusedMatMul: [
    dense("linear", undefined),
    dense("linear", [5]),
    dense("relu", [5]),
    dense("elu", [5]),
    dense("relu6", [5]),
    dense("sigmoid", [5]),
    dense("leakyrelu", [5]),
    dense("relu", [3, 5]),
    {
      inputs: { a: { shape: [3, 4] }, b: { shape: [4, 5] }, slopes: { shape: [5], from: 0.1, to: 0.4 } },
      run: ({ a, b, slopes }) =>
        tf.fused.matMul({
          a: a as tf.Tensor2D,
          b: b as tf.Tensor2D,
          activation: "prelu",
          preluActivationWeights: slopes,
        }),
      noGradient: "TensorFlow.js does not fuse where a gradient is taken",
    },
  ],
};
