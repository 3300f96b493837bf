/** Convolutions with a bias and an activation in one kernel. */
import * as tf from "@tensorflow/tfjs";
import type { Case } from "../reference.ts";
import { inputs, type Pair, type Shapes } from "./shapes.ts";

interface Fused extends Shapes {
  readonly operation?: "conv2d" | "depthwiseConv2d";
  readonly activation: tf.fused.Activation;
  /** None unless given. */
  readonly bias?: number[];
  /** The slope of `prelu`. */
  readonly slope?: number[];
  readonly dilations?: Pair;
  readonly dataFormat?: "NHWC" | "NCHW";
}

function fused(
  { x, filter, bias, slope, activation, operation = "conv2d", dilations = [1, 1], dataFormat }: Fused,
): Case {
  return {
    inputs: {
      ...inputs({ x, filter }),
      ...(bias && { bias: { shape: bias } }),
      ...(slope && { slope: { shape: slope } }),
    },
    run: ({ x, filter, bias, slope }) =>
      tf.fused[operation]({
        x: x as tf.Tensor4D,
        filter: filter as tf.Tensor4D,
        strides: 1,
        pad: "same",
        dilations,
        dataFormat,
        bias,
        activation,
        preluActivationWeights: slope,
        leakyreluAlpha: 0.3,
      }),
  };
}

const IMAGE = { x: [2, 5, 4, 2], filter: [3, 2, 2, 3] };
const activated = (activation: tf.fused.Activation): Case =>
  fused({ ...IMAGE, bias: [3], activation, slope: activation === "prelu" ? [3] : undefined });
const depthwise = (activation: tf.fused.Activation): Case =>
  fused({
    operation: "depthwiseConv2d",
    x: [2, 5, 5, 2],
    filter: [3, 2, 2, 2],
    bias: [4],
    activation,
    slope: activation === "prelu" ? [4] : undefined,
  });
/** Slopes of another shape than one for each channel TensorFlow.js refuses: it takes the shape of the result for channels last. */
const CHANNELS_FIRST: Case = {
  ...fused({
    x: [2, 2, 5, 4],
    filter: [3, 2, 2, 3],
    dataFormat: "NCHW",
    bias: [3],
    slope: [3],
    activation: "prelu",
  }),
  noGradient: "TensorFlow.js has none for channels first",
};
const dilated = (activation: tf.fused.Activation): Case =>
  fused({
    x: [2, 7, 6, 2],
    filter: [3, 2, 2, 3],
    dilations: [2, 3],
    bias: [3],
    activation,
    slope: activation === "prelu" ? [3] : undefined,
  });

export const DILATED_LINEAR = dilated("linear");
export const DILATED_RELU = dilated("relu");
export const DILATED_PRELU = dilated("prelu");

export const CASES: Record<string, Case[]> = {
  FusedConv2D: [
    fused({ ...IMAGE, activation: "linear" }),
    activated("linear"),
    activated("relu"),
    activated("elu"),
    activated("relu6"),
    activated("sigmoid"),
    activated("leakyrelu"),
    activated("prelu"),
    CHANNELS_FIRST,
  ],
  FusedDepthwiseConv2D: [depthwise("linear"), depthwise("relu"), depthwise("prelu"), depthwise("leakyrelu")],
};
