/** Convolutions of volumes, transposed ones too. */
import * as tf from "@tensorflow/tfjs";
import type { Case } from "../reference.ts";
import { inputs, type Shapes, type Triple } from "./shapes.ts";

const volume = (shapes: Shapes, strides: number | Triple, pad: "same" | "valid", rates?: Triple): Case => ({
  inputs: inputs(shapes),
  run: ({ x, filter }) => tf.conv3d(x as tf.Tensor5D, filter as tf.Tensor5D, strides, pad, "NDHWC", rates),
});
export const DILATED_VOLUME = volume({ x: [1, 6, 7, 6, 2], filter: [2, 3, 2, 2, 3] }, 1, "valid", [2, 3, 1]);
const volumes: Case[] = [
  volume({ x: [2, 4, 5, 3, 2], filter: [2, 3, 2, 2, 3] }, 1, "same"),
  volume({ x: [2, 4, 5, 4, 2], filter: [2, 3, 2, 2, 3] }, 1, "valid"),
  volume({ x: [2, 5, 6, 7, 2], filter: [2, 3, 3, 2, 2] }, [2, 3, 2], "valid"),
  volume({ x: [1, 5, 6, 7, 1], filter: [3, 3, 3, 1, 2] }, 2, "same"),
  // Strides above the kernel: TensorFlow.js counts a negative padding.
  volume({ x: [1, 5, 5, 5, 2], filter: [1, 1, 1, 2, 2] }, 2, "same"),
  DILATED_VOLUME,
];
const transposedVolume = (pad: "same" | "valid", stride: number, output: number[]): Case => ({
  inputs: { x: { shape: [2, 3, 2, 3, 2] }, filter: { shape: [2, 3, 2, 3, 2] } },
  run: ({ x, filter }) =>
    tf.conv3dTranspose(
      x as tf.Tensor5D,
      filter as tf.Tensor5D,
      output as [number, number, number, number, number],
      stride,
      pad,
    ),
});

export const CASES: Record<string, Case[]> = {
  Conv3D: volumes,
  Conv3DBackpropFilterV2: volumes,
  Conv3DBackpropInputV2: [
    ...volumes,
    transposedVolume("valid", 2, [2, 6, 5, 6, 3]),
    transposedVolume("same", 1, [2, 3, 2, 3, 3]),
  ],
};
