/** Gradients of convolutions whose taps lie apart. */
import * as tf from "@tensorflow/tfjs";
import type { Case } from "../reference.ts";
import { CHANNELS_FIRST_DILATED } from "./convolution.ts";
import { DILATED_DEPTHWISE } from "./depthwise_convolution.ts";
import { DILATED_LINEAR, DILATED_PRELU, DILATED_RELU } from "./fused_convolution.ts";
import { inputs, type Pad, type Pair, type Shapes } from "./shapes.ts";
import { DILATED_VOLUME } from "./volume_convolution.ts";

const dilated = (shapes: Shapes, rates: Pair, pad: Pad): Case => ({
  inputs: inputs(shapes),
  run: ({ x, filter }) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, pad, "NHWC", rates),
});
/** As in a temporal convolutional network: padding before the signal alone. */
const causal: Case = {
  inputs: { x: { shape: [2, 12, 3] }, filter: { shape: [3, 3, 4] } },
  run: ({ x, filter }) => {
    const padded = tf.pad(x, [[0, 0], [8, 0], [0, 0]]) as tf.Tensor3D;
    return tf.conv1d(padded, filter as tf.Tensor3D, 1, "valid", "NWC", 4);
  },
};
const dilatedCases: Case[] = [
  dilated({ x: [2, 9, 8, 3], filter: [3, 2, 3, 4] }, [2, 3], "same"),
  dilated({ x: [2, 9, 8, 3], filter: [3, 2, 3, 4] }, [2, 1], "valid"),
  dilated({ x: [1, 7, 7, 2], filter: [2, 2, 2, 2] }, [3, 3], 2),
  causal,
  ...DILATED_DEPTHWISE,
  DILATED_VOLUME,
];

export const CASES: Record<string, Case[]> = {
  DilatedConvolutionFilterGradient: [...dilatedCases, DILATED_LINEAR, DILATED_RELU],
  DilatedConvolutionInputGradient: [...dilatedCases, DILATED_PRELU, CHANNELS_FIRST_DILATED],
};
