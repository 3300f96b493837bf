/** Pooling of volumes, resizing, cropping and moving of pixels. */
import * as tf from "@tensorflow/tfjs";
import type { Case } from "../reference.ts";

const NONE = "TensorFlow.js has none";
const WRONG = "the cpu backend's is wrong; see gradients/image_test.ts";

/** The cpu backend mixes rows and columns up in the gradient of max-pooling unless a window is a cube. */
const CUBE: Triple = [2, 2, 2];

type Triple = [number, number, number];
type Pool3d = typeof tf.maxPool3d;

const pool = (run: Pool3d, shape: number[], size: Triple, strides: Triple, pad: "same" | "valid"): Case => ({
  inputs: { x: { shape } },
  run: ({ x }) => run(x as tf.Tensor5D, size, strides, pad),
});
const cubes: Case[] = [
  pool(tf.maxPool3d, [2, 4, 5, 6, 2], CUBE, [2, 2, 2], "valid"),
  pool(tf.maxPool3d, [1, 5, 5, 4, 3], CUBE, [1, 1, 1], "valid"),
  pool(tf.maxPool3d, [2, 4, 5, 6, 2], CUBE, [1, 2, 3], "same"),
  pool(tf.maxPool3d, [1, 5, 5, 5, 2], [1, 1, 1], [2, 2, 2], "same"),
];
const pools = (run: Pool3d): Case[] => [
  pool(run, [2, 4, 5, 6, 2], [2, 3, 2], [2, 2, 2], "valid"),
  pool(run, [1, 5, 5, 4, 3], [2, 2, 3], [1, 1, 1], "valid"),
  pool(run, [1, 5, 5, 5, 2], [1, 1, 1], [2, 2, 2], "same"),
];
/** Windows that lie in the padding alone. */
const outside: Case = {
  inputs: { x: { shape: [1, 2, 1, 2, 2] } },
  run: ({ x }) => tf.avgPool3d(x as tf.Tensor5D, CUBE, 1, 2),
  noGradient: "the cpu backend divides by the whole window at the border",
};
const bordered = (run: Pool3d): Case => pool(run, [2, 4, 5, 6, 2], [2, 3, 2], [2, 2, 3], "same");

const GRID = { shape: [2, 3, 4, 2] };
/** The cpu backend has wrong gradients of resizing for rectangles, half pixels, and in a batch. */
const SQUARE = { shape: [1, 4, 4, 2] };

type Resize = typeof tf.image.resizeBilinear;

const resized = (run: Resize, size: [number, number], align = false, half = false): Case => ({
  inputs: { x: half ? GRID : SQUARE },
  run: ({ x }) => run(x as tf.Tensor4D, size, align, half),
  ...(half && { noGradient: WRONG }),
});
const resizes = (run: Resize): Case[] => [
  resized(run, [8, 8]),
  resized(run, [8, 12]),
  resized(run, [7, 5]),
  resized(run, [3, 2]),
  resized(run, [4, 4]),
  resized(run, [1, 6], true),
  resized(run, [7, 3], true),
  resized(run, [7, 9], false, true),
  resized(run, [2, 3], false, true),
];

const boxes = { shape: [3, 4], values: [0.1, 0.2, 0.8, 0.7, 0, 0, 1, 1, -0.2, 0.3, 0.6, 1.4] };
const numbers = { shape: [3], dtype: "int32" } as const;
const cropped = (
  size: [number, number],
  method: "bilinear" | "nearest",
  images: number[] = [1, 0, 1],
): Case => ({
  inputs: { x: { shape: [2, 5, 6, 2] }, boxes, numbers: { ...numbers, values: images } },
  run: ({ x, boxes, numbers }) =>
    tf.image.cropAndResize(x as tf.Tensor4D, boxes as tf.Tensor2D, numbers as tf.Tensor1D, size, method, 7),
  noGradient: NONE,
});

const TILTED = [0.9, 0.2, -0.4, -0.1, 1.1, 0.3, 0.01, -0.02];
const MOVED = [1, 0, -9.2, 0, 1, 6.1, 0, 0];
/** The coordinates of one pixel are infinite. */
const VANISHING = [1, 0, 0, 0, 1, 0, -0.5, 0];
/** The cpu backend transforms the first image of a batch alone. */
const projected = (
  interpolation: "bilinear" | "nearest",
  fillMode: "constant" | "reflect" | "wrap" | "nearest",
  { size, transform = TILTED }: { size?: [number, number]; transform?: number[] } = {},
): Case => ({
  inputs: { x: { shape: [1, 5, 4, 2] }, t: { shape: [1, 8], values: transform } },
  run: ({ x, t }) =>
    tf.image.transform(x as tf.Tensor4D, t as tf.Tensor2D, interpolation, fillMode, 0.5, size),
  noGradient: NONE,
});

const blocks: Case[] = [
  {
    inputs: { x: { shape: [2, 4, 6, 3] } },
    run: ({ x }) => tf.spaceToBatchND(x, [2, 3], [[0, 0], [0, 0]]),
  },
  {
    inputs: { x: { shape: [1, 3, 4, 2] } },
    run: ({ x }) => tf.spaceToBatchND(x, [2, 2], [[1, 0], [0, 2]]),
  },
  // Pooling at a dilation goes through blocks.
  {
    inputs: { x: { shape: [2, 7, 6, 2] } },
    run: ({ x }) => tf.pool(x as tf.Tensor4D, [2, 2], "avg", "valid", [2, 3]),
  },
  {
    inputs: { x: { shape: [2, 7, 6, 2] } },
    run: ({ x }) => tf.pool(x as tf.Tensor4D, [3, 2], "max", "same", [2, 2]),
  },
];

const morphology = (
  size: [number, number],
  strides: [number, number],
  pad: "same" | "valid",
  rates: [number, number] = [1, 1],
): Case => ({
  inputs: { x: { shape: [2, 7, 6, 2] }, filter: { shape: [...size, 2] } },
  run: ({ x, filter }) => tf.dilation2d(x as tf.Tensor4D, filter as tf.Tensor3D, strides, pad, rates),
});
const morphologies: Case[] = [
  morphology([2, 3], [1, 1], "same"),
  morphology([3, 2], [2, 3], "valid"),
  morphology([3, 3], [2, 2], "same"),
  morphology([2, 2], [1, 1], "valid", [3, 2]),
  morphology([1, 1], [3, 2], "valid"),
];

const normalized = (radius: number, alpha: number, beta: number): Case => ({
  inputs: { x: { shape: [2, 3, 2, 7] } },
  run: ({ x }) => tf.localResponseNormalization(x as tf.Tensor4D, radius, 1.5, alpha, beta),
});
const normalizations = [normalized(2, 0.3, 0.5), normalized(1, 1, 0.75), normalized(5, 0.1, 1)];

const places = (pad: "same" | "valid", withBatch: boolean): Case => ({
  inputs: { x: { shape: [2, 5, 6, 3] } },
  run: ({ x }) => {
    const { result, indexes } = tf.maxPoolWithArgmax(x as tf.Tensor4D, [3, 2], [2, 2], pad, withBatch);
    return [result, tf.cast(indexes, "float32")];
  },
  noGradient: "positions; see gradients/image_test.ts",
});

export const CASES: Record<string, Case[]> = {
  AvgPool3D: [
    ...pools(tf.avgPool3d),
    outside,
    { ...bordered(tf.avgPool3d), noGradient: "the cpu backend divides by the whole window at the border" },
  ],
  AvgPool3DGrad: pools(tf.avgPool3d),
  BatchToSpaceND: [
    ...blocks,
    {
      inputs: { x: { shape: [8, 2, 3, 2] } },
      run: ({ x }) => tf.batchToSpaceND(x, [2, 2], [[1, 0], [0, 2]]),
    },
  ],
  CropAndResize: [
    cropped([3, 4], "bilinear"),
    cropped([1, 3], "bilinear"),
    cropped([3, 4], "nearest"),
    cropped([4, 1], "nearest"),
    cropped([2, 2], "bilinear", [1, 5, 0]),
  ],
  DepthToSpace: [
    { inputs: { x: { shape: [2, 2, 3, 8] } }, run: ({ x }) => tf.depthToSpace(x as tf.Tensor4D, 2) },
    { inputs: { x: { shape: [1, 2, 2, 9] } }, run: ({ x }) => tf.depthToSpace(x as tf.Tensor4D, 3) },
  ],
  Dilation2D: morphologies,
  Dilation2DBackpropFilter: morphologies,
  Dilation2DBackpropInput: morphologies,
  FlipLeftRight: [{ inputs: { x: GRID }, run: ({ x }) => tf.image.flipLeftRight(x as tf.Tensor4D) }],
  LRN: normalizations,
  LRNGrad: normalizations,
  MaxPool3D: [
    ...[...pools(tf.maxPool3d), bordered(tf.maxPool3d)].map((one) => ({ ...one, noGradient: WRONG })),
    ...cubes,
  ],
  MaxPool3DGrad: cubes,
  MaxPoolWithArgmax: [places("valid", false), places("same", true), places("valid", true)],
  ResizeBilinear: resizes(tf.image.resizeBilinear),
  ResizeBilinearGrad: resizes(tf.image.resizeBilinear).slice(0, 7),
  ResizeNearestNeighbor: [
    ...resizes(tf.image.resizeNearestNeighbor),
    {
      inputs: { x: { shape: [2, 3, 4, 2], dtype: "int32", from: -9, to: 9 } },
      run: ({ x }) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [6, 7]),
      noGradient: "whole numbers",
    },
  ],
  ResizeNearestNeighborGrad: resizes(tf.image.resizeNearestNeighbor).slice(0, 7),
  RotateWithOffset: [
    {
      inputs: { x: { shape: [2, 5, 6, 3] } },
      run: ({ x }) => tf.image.rotateWithOffset(x as tf.Tensor4D, 0.7, 0.25, [0.4, 0.6]),
      noGradient: NONE,
    },
    {
      inputs: { x: { shape: [1, 5, 6, 4] } },
      run: ({ x }) => tf.image.rotateWithOffset(x as tf.Tensor4D, -2, [1, 2, 3], 0.5),
      noGradient: NONE,
    },
  ],
  SpaceToBatchND: blocks,
  Transform: [
    projected("nearest", "constant"),
    projected("bilinear", "constant", { size: [6, 3] }),
    projected("bilinear", "constant", { transform: VANISHING }),
    projected("nearest", "reflect", { transform: MOVED }),
    projected("bilinear", "reflect"),
    projected("bilinear", "reflect", { transform: MOVED }),
    projected("bilinear", "wrap", { transform: MOVED }),
    projected("nearest", "wrap"),
    projected("bilinear", "nearest", { size: [3, 7] }),
  ],
};
