/** Operations that move elements, make them from numbers, or look them up. */
import * as tf from "@tensorflow/tfjs";
import type { Case } from "../reference.ts";

const CREATED = "made from numbers alone";
const x = { shape: [2, 3, 4] };

/** A tensor of no elements on the way. */
const EMPTY: Case = {
  inputs: { x },
  run: ({ x }) =>
    tf.add(x, tf.sum(tf.reshape(tf.slice(x, [0, 0, 0], [2, 0, 4]), [4, 0, 2]), [1, 2]).reshape([1, 1, 4])),
};

export const CASES: Record<string, Case[]> = {
  Cast: [
    { inputs: { x }, run: ({ x }) => tf.cast(x, "int32"), noGradient: "whole numbers" },
    {
      inputs: { x: { shape: [3], values: [0, -0.5, 2] } },
      run: ({ x }) => tf.cast(x, "bool"),
      noGradient: "logic",
    },
    {
      inputs: { x: { shape: [3], dtype: "bool" } },
      run: ({ x }) => tf.cast(x, "float32"),
      noGradient: "logic",
    },
    { inputs: { x }, run: ({ x }) => tf.mul(x, tf.cast(tf.tensor([0, 2, 0, 1]), "bool").cast("float32")) },
  ],
  Concat: [
    { inputs: { a: x, b: { shape: [2, 1, 4] } }, run: ({ a, b }) => tf.concat([a, b, a], 1) },
    { inputs: { a: x, b: { shape: [5, 3, 4] } }, run: ({ a, b }) => tf.concat([a, b], 0) },
    { inputs: { a: x, b: { shape: [2, 3, 2] } }, run: ({ a, b }) => tf.concat([a, b], -1) },
  ],
  ExpandDims: [
    { inputs: { x }, run: ({ x }) => tf.expandDims(x, 1) },
    { inputs: { x }, run: ({ x }) => tf.expandDims(x, -1) },
  ],
  Fill: [{ inputs: { x }, run: ({ x }) => tf.add(x, tf.fill([2, 3, 4], 2.5)) }, {
    inputs: { x },
    run: () => tf.fill([2, 2], 3, "int32"),
    noGradient: CREATED,
  }],
  GatherV2: [
    {
      inputs: { x, indices: { shape: [2], dtype: "int32", values: [2, 0] } },
      run: ({ x, indices }) => tf.gather(x, indices as tf.Tensor1D, 1),
    },
    {
      inputs: { x, indices: { shape: [2, 2], dtype: "int32", values: [1, 0, 1, 1] } },
      run: ({ x, indices }) => tf.gather(x, indices as tf.Tensor1D),
    },
    ...([[1, 1], [2, 1], [-1, 1], [1, 0]] as const).map(([axis, batchDims]): Case => ({
      inputs: { x, indices: { shape: [2, 2], dtype: "int32", values: [1, 0, 2, 1] } },
      run: ({ x, indices }) => tf.gather(x, indices as tf.Tensor1D, axis, batchDims),
    })),
    {
      inputs: { x, indices: { shape: [2, 3], dtype: "int32", values: [1, 0, 2, 3, 3, 0] } },
      run: ({ x, indices }) => tf.gather(x, indices as tf.Tensor1D, 2, 2),
    },
  ],
  Identity: [{ inputs: { x }, run: ({ x }) => tf.clone(x) }],
  LinSpace: [
    { inputs: {}, run: () => tf.linspace(-1, 2, 7), noGradient: CREATED },
    { inputs: {}, run: () => tf.linspace(3, 3, 1), noGradient: CREATED },
  ],
  MirrorPad: [{
    inputs: { x },
    run: ({ x }) => tf.mirrorPad(x, [[0, 0], [2, 1], [1, 3]], "reflect"),
  }, {
    inputs: { x },
    run: ({ x }) => tf.mirrorPad(x, [[0, 1], [3, 2], [0, 4]], "symmetric"),
  }],
  OneHot: [
    {
      inputs: { x: { shape: [4], dtype: "int32", values: [2, 0, 3, 9] } },
      run: ({ x }) => tf.oneHot(x as tf.Tensor1D, 4),
      noGradient: "positions",
    },
    {
      inputs: { x: { shape: [2, 2], dtype: "int32", values: [2, 0, 1, 1] } },
      run: ({ x }) => tf.oneHot(x as tf.Tensor1D, 3, 0.9, 0.05, "float32"),
      noGradient: "positions",
    },
  ],
  OnesLike: [{ inputs: { x }, run: ({ x }) => tf.sub(tf.onesLike(x), x) }],
  Pack: [
    { inputs: { a: x, b: x }, run: ({ a, b }) => tf.stack([a, tf.square(b)], 0) },
    { inputs: { a: x, b: x }, run: ({ a, b }) => tf.stack([a, tf.square(b)], -1) },
  ],
  PadV2: [
    { inputs: { x }, run: ({ x }) => tf.pad(x, [[0, 0], [2, 1], [1, 0]]) },
    { inputs: { x: { shape: [3] } }, run: ({ x }) => tf.pad(x, [[1, 2]], 7) },
  ],
  Range: [
    { inputs: {}, run: () => tf.range(0, 7, 2), noGradient: CREATED },
    { inputs: {}, run: () => tf.range(3, -1, -1, "int32"), noGradient: CREATED },
  ],
  Reshape: [
    { inputs: { x }, run: ({ x }) => tf.reshape(x, [4, -1]) },
    { inputs: { x }, run: ({ x }) => tf.reshape(tf.reshape(x, [24]), [3, 2, 2, 2]) },
  ],
  Reverse: [
    { inputs: { x }, run: ({ x }) => tf.reverse(x, [0, 2]) },
    { inputs: { x }, run: ({ x }) => tf.reverse(x, -2) },
  ],
  Slice: [
    EMPTY,
    { inputs: { x }, run: ({ x }) => tf.slice(x, [0, 1, 2], [2, 2, 1]) },
    { inputs: { x }, run: ({ x }) => tf.slice(x, [1], [-1]) },
  ],
  SplitV: [
    { inputs: { x }, run: ({ x }) => tf.split(x, [1, 2], 1) },
    { inputs: { x }, run: ({ x }) => tf.split(x, 2, -1) },
  ],
  StridedSlice: [
    {
      inputs: { x },
      run: ({ x }) => tf.stridedSlice(x, [0, 0, 1], [2, 3, 4], [1, 2, 2]),
    },
    {
      inputs: { x },
      run: ({ x }) => tf.stridedSlice(x, [1, -1], [0, -4], [-1, -1], 0, 1),
    },
    {
      inputs: { x },
      run: ({ x }) => tf.stridedSlice(x, [0, 1], [2, 2], [1, 1], 0, 0, 0, 0, 2),
    },
  ],
  Tile: [
    { inputs: { x: { shape: [2, 3] } }, run: ({ x }) => tf.tile(x, [2, 3]) },
    { inputs: { x: { shape: [2, 1] } }, run: ({ x }) => tf.broadcastTo(x, [4, 2, 3]) },
    {
      inputs: { x: { shape: [2, 1, 2, 1, 3] } },
      run: ({ x }) => tf.tile(x, [1, 2, 2, 3, 1]),
    },
  ],
  Transpose: [
    { inputs: { x }, run: ({ x }) => tf.transpose(x) },
    {
      inputs: { x: { shape: [2, 3, 4, 5] } },
      run: ({ x }) => tf.transpose(tf.transpose(x, [0, 2, 1, 3]), [3, 1, 0, 2]),
    },
  ],
  Unpack: [
    { inputs: { x }, run: ({ x }) => tf.unstack(x, 1) },
    { inputs: { x }, run: ({ x }) => tf.unstack(x, -1)[2] },
  ],
  UnsortedSegmentSum: [{
    inputs: { x, ids: { shape: [2], dtype: "int32", values: [3, 3] } },
    run: ({ x, ids }) => tf.unsortedSegmentSum(x, ids as tf.Tensor1D, 5),
  }, {
    inputs: {
      x: { shape: [5, 2] },
      ids: { shape: [5], dtype: "int32", values: [1, -1, 0, 7, 1] },
    },
    run: ({ x, ids }) => tf.unsortedSegmentSum(x, ids as tf.Tensor1D, 2),
  }],
  ZerosLike: [{ inputs: { x }, run: ({ x }) => tf.maximum(tf.zerosLike(x), x) }],
};
