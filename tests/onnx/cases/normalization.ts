/** Normalization by moments that are given. */
import * as tf from "@tensorflow/tfjs";
import type { Case } from "../reference.ts";

export const CASES: Record<string, Case[]> = {
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
};
