/** Operations that read or write at positions, count, or name axes. */
import * as tf from "@tensorflow/tfjs";
import type { Case, Numbers } from "../reference.ts";

const WHOLE = "whole numbers";
const POSITIONS = "positions";

const whole = (shape: number[], values: number[]): Numbers => ({ shape, dtype: "int32", values });
const product = (equation: string, left: number[], right?: number[]): Case => ({
  inputs: { a: { shape: left }, ...(right && { b: { shape: right } }) },
  run: ({ a, b }) => b === undefined ? tf.einsum(equation, a) : tf.einsum(equation, a, b),
});

const counted: Case[] = [
  {
    inputs: { x: whole([6], [0, 3, 3, 1, 7, 3]) },
    run: ({ x }) => tf.bincount(x as tf.Tensor1D, tf.tensor1d([]), 5),
    noGradient: WHOLE,
  },
  {
    inputs: { x: whole([4], [0, 3, 3, 9]), w: { shape: [4] } },
    run: ({ x, w }) => tf.bincount(x as tf.Tensor1D, w as tf.Tensor1D, 5),
    noGradient: WHOLE,
  },
  {
    inputs: { x: whole([4], [0, 3, 3, 1]) },
    run: ({ x }) => tf.bincount(x as tf.Tensor1D, tf.tensor1d([], "int32"), 4),
    noGradient: WHOLE,
  },
];
const rows = (binaryOutput: boolean, weights: boolean): Case => ({
  inputs: { x: whole([2, 4], [0, 3, 3, 7, 1, 1, 1, 2]), w: { shape: [2, 4] } },
  run: ({ x, w }) =>
    tf.denseBincount(x as tf.Tensor2D, weights ? w as tf.Tensor2D : tf.tensor2d([], [0, 0]), 5, binaryOutput),
  noGradient: WHOLE,
});
const searched = (side: "left" | "right"): Case => ({
  inputs: {
    sorted: { shape: [2, 4], values: [0, 1, 1, 3, -2, -1, 5, 6] },
    values: { shape: [2, 3], values: [1, -1, 4, -1, 5.5, 7] },
  },
  run: ({ sorted, values }) => tf.searchSorted(sorted, values, side),
  noGradient: POSITIONS,
});
const largest = (shape: number[], k: number): Case => ({
  inputs: { x: { shape } },
  run: ({ x }) => {
    const { values, indices } = tf.topk(x, k);
    return [values, tf.cast(indices, "float32")];
  },
});

export const CASES: Record<string, Case[]> = {
  Atan2: [
    ...[[[2, 3], [2, 3]], [[2, 3], []], [[2, 1, 3], [4, 1]]].map(([a, b]): Case => ({
      inputs: { a: { shape: a }, b: { shape: b, from: -1 } },
      run: ({ a, b }) => tf.atan2(a, b),
    })),
    {
      inputs: {
        a: { shape: [9], values: [0, 0, 0, 1, -1, 2, -2, Infinity, 1] },
        b: { shape: [9], values: [0, 1, -1, 0, 0, 2, -2, -Infinity, Infinity] },
      },
      run: ({ a, b }) => tf.atan2(a, b),
      noGradient: "its slope at the origin is undefined",
    },
  ],
  Bincount: counted,
  BitwiseAnd: [{
    inputs: {
      a: whole([2, 3], [12, -1, 2 ** 31 - 1, -(2 ** 31), 5, -7]),
      b: whole([2, 3], [10, 77, -2, -3, 0, -5]),
    },
    run: ({ a, b }) => tf.bitwiseAnd(a, b),
    noGradient: WHOLE,
  }],
  BroadcastArgs: [
    {
      inputs: { a: whole([3], [2, 1, 4]), b: whole([2], [3, 1]) },
      run: ({ a, b }) => tf.broadcastArgs(a, b),
      noGradient: WHOLE,
    },
    {
      inputs: { a: whole([2], [1, 0]), b: whole([2], [5, 1]) },
      run: ({ a, b }) => tf.broadcastArgs(a, b),
      noGradient: WHOLE,
    },
  ],
  DenseBincount: [rows(false, false), rows(false, true), rows(true, false), rows(true, true), {
    inputs: { x: whole([3], [2, 2, 0]) },
    run: ({ x }) => tf.denseBincount(x as tf.Tensor1D, tf.tensor1d([]), 3),
    noGradient: WHOLE,
  }],
  Diag: [
    { inputs: { x: { shape: [4] } }, run: ({ x }) => tf.diag(x) },
    { inputs: { x: { shape: [2, 3] } }, run: ({ x }) => tf.diag(x) },
    { inputs: { x: whole([3], [3, 0, -1]) }, run: ({ x }) => tf.diag(x), noGradient: WHOLE },
  ],
  Einsum: [
    product("ij,jk->ik", [2, 3], [3, 4]),
    product("bij,bkj->bik", [2, 3, 4], [2, 5, 4]),
    product("b h i d, b h j d -> b h i j", [2, 2, 3, 4], [2, 2, 5, 4]),
    product("abc,cde->bade", [2, 3, 4], [4, 2, 3]),
    product("ij->ji", [2, 3]),
    product("ijk->j", [2, 3, 4]),
    product("ij,ij->", [2, 3], [2, 3]),
    product("i,j->ij", [2], [3]),
  ],
  GatherNd: [
    {
      inputs: { x: { shape: [3, 4] }, indices: whole([3, 2], [0, 1, 2, 3, 0, 1]) },
      run: ({ x, indices }) => tf.gatherND(x, indices),
    },
    {
      inputs: { x: { shape: [3, 4, 2] }, indices: whole([2, 2, 1], [1, 0, 1, 2]) },
      run: ({ x, indices }) => tf.gatherND(x, indices),
    },
    {
      inputs: { x: { shape: [3], dtype: "bool" }, indices: whole([2, 1], [1, 0]) },
      run: ({ x, indices }) => tf.gatherND(x, indices),
      noGradient: "logic",
    },
  ],
  ScatterNd: [
    {
      inputs: { indices: whole([3, 1], [4, 1, 4]), x: { shape: [3] } },
      run: ({ indices, x }) => tf.scatterND(indices, x, [6]),
    },
    {
      inputs: { indices: whole([2, 2], [0, 1, 2, 0]), x: { shape: [2, 3] } },
      run: ({ indices, x }) => tf.scatterND(indices, x, [3, 2, 3]),
    },
    {
      inputs: { indices: whole([2, 1], [0, 0]), x: whole([2, 2], [1, 2, 3, 4]) },
      run: ({ indices, x }) => tf.scatterND(indices, x, [3, 2]),
      noGradient: WHOLE,
    },
  ],
  SearchSorted: [searched("left"), searched("right"), {
    inputs: { sorted: whole([4], [1, 2, 2, 9]), values: whole([3], [2, 0, 10]) },
    run: ({ sorted, values }) => [tf.lowerBound(sorted, values), tf.upperBound(sorted, values)],
    noGradient: POSITIONS,
  }],
  SparseToDense: [
    {
      inputs: { indices: whole([2, 2], [0, 1, 1, 2]), x: { shape: [2] }, rest: { shape: [] } },
      run: ({ indices, x, rest }) => tf.sparseToDense(indices, x, [2, 3], rest as tf.Scalar),
    },
    {
      inputs: { indices: whole([3], [4, 0, 2]), x: { shape: [] } },
      run: ({ indices, x }) => tf.sparseToDense(indices, x, [5], 0),
    },
  ],
  TensorScatterUpdate: [
    {
      inputs: { x: { shape: [4] }, indices: whole([2, 1], [3, 1]), updates: { shape: [2] } },
      run: ({ x, indices, updates }) => tf.tensorScatterUpdate(x, indices, updates),
    },
    {
      inputs: { x: { shape: [2, 3, 2] }, indices: whole([1, 2], [1, 2]), updates: { shape: [1, 2] } },
      run: ({ x, indices, updates }) => tf.tensorScatterUpdate(x, indices, updates),
    },
  ],
  TopK: [
    largest([5], 2),
    largest([2, 3, 4], 4),
    largest([2, 6], 0),
    {
      inputs: { x: { shape: [2, 5], values: [1, 3, 3, 2, 3, -1, -1, -1, -1, -1] } },
      run: ({ x }) => tf.topk(x, 3).indices,
      noGradient: POSITIONS,
    },
    {
      inputs: { x: whole([2, 3], [1, 9, 3, -1, 5, 0]) },
      run: ({ x }) => tf.topk(x, 1).values,
      noGradient: WHOLE,
    },
  ],
};
