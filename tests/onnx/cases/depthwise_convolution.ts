/** Depthwise and separable convolutions. */
import * as tf from "@tensorflow/tfjs";
import type { Case } from "../reference.ts";
import { inputs, type Pad, type Pair, type Shapes } from "./shapes.ts";

const depthwise = (shapes: Shapes, strides: Pair, pad: Pad, dilations?: Pair): Case => ({
  inputs: inputs(shapes),
  run: ({ x, filter }) =>
    tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, strides, pad, "NHWC", dilations),
});
export const DILATED_DEPTHWISE: Case[] = [
  depthwise({ x: [2, 9, 8, 3], filter: [3, 2, 3, 2] }, [1, 1], "same", [2, 3]),
  depthwise({ x: [2, 9, 8, 3], filter: [3, 2, 3, 1] }, [1, 1], "valid", [3, 1]),
];
const separable: Case = {
  inputs: { x: { shape: [2, 6, 6, 3] }, d: { shape: [3, 3, 3, 2] }, p: { shape: [1, 1, 6, 4] } },
  run: ({ x, d, p }) =>
    tf.separableConv2d(x as tf.Tensor4D, d as tf.Tensor4D, p as tf.Tensor4D, [2, 2], "same"),
};
const depthwiseCases: Case[] = [
  depthwise({ x: [2, 6, 5, 3], filter: [3, 2, 3, 2] }, [1, 1], "same"),
  depthwise({ x: [2, 7, 7, 3], filter: [3, 3, 3, 1] }, [2, 2], "same"),
  depthwise({ x: [2, 8, 8, 2], filter: [3, 2, 2, 3] }, [3, 3], "valid"),
  depthwise({ x: [1, 6, 6, 2], filter: [3, 3, 2, 1] }, [1, 1], 1),
  depthwise({ x: [2, 6, 5, 1], filter: [2, 2, 1, 2] }, [1, 1], "valid"),
  ...DILATED_DEPTHWISE,
  separable,
];

export const CASES: Record<string, Case[]> = {
  DepthwiseConv2dNative: depthwiseCases,
  DepthwiseConv2dNativeBackpropFilter: depthwiseCases,
  DepthwiseConv2dNativeBackpropInput: depthwiseCases,
};
