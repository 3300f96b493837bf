/** Depthwise, dilated, transposed and three-dimensional convolutions, and images whose channels come first. */
import * as tf from "@tensorflow/tfjs";
import type { Case, Numbers } from "../reference.ts";

type Pad = "same" | "valid" | number;
type Pair = [number, number];
type Triple = [number, number, number];

interface Shapes {
  readonly x: number[];
  readonly filter: number[];
}

const inputs = ({ x, filter }: Shapes): Record<string, Numbers> => ({
  x: { shape: x },
  filter: { shape: filter },
});

const depthwise = (shapes: Shapes, strides: Pair, pad: Pad, dilations?: Pair): Case => ({
  inputs: inputs(shapes),
  run: ({ x, filter }) =>
    tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, strides, pad, "NHWC", dilations),
});
const depthwiseCases: Case[] = [
  depthwise({ x: [2, 6, 5, 3], filter: [3, 2, 3, 2] }, [1, 1], "same"),
  depthwise({ x: [2, 7, 7, 3], filter: [3, 3, 3, 1] }, [2, 2], "same"),
  depthwise({ x: [2, 8, 8, 2], filter: [3, 2, 2, 3] }, [3, 3], "valid"),
  depthwise({ x: [1, 6, 6, 2], filter: [3, 3, 2, 1] }, [1, 1], 1),
  depthwise({ x: [2, 6, 5, 1], filter: [2, 2, 1, 2] }, [1, 1], "valid"),
  depthwise({ x: [2, 9, 8, 3], filter: [3, 2, 3, 2] }, [1, 1], "same", [2, 3]),
  depthwise({ x: [2, 9, 8, 3], filter: [3, 2, 3, 1] }, [1, 1], "valid", [3, 1]),
];
const separable: Case = {
  inputs: { x: { shape: [2, 6, 6, 3] }, d: { shape: [3, 3, 3, 2] }, p: { shape: [1, 1, 6, 4] } },
  run: ({ x, d, p }) =>
    tf.separableConv2d(x as tf.Tensor4D, d as tf.Tensor4D, p as tf.Tensor4D, [2, 2], "same"),
};
const fusedDepthwise = (activation: tf.fused.Activation, dilations: Pair = [1, 1]): Case => ({
  inputs: {
    ...inputs({ x: [2, 5, 5, 2], filter: [3, 2, 2, 2] }),
    bias: { shape: [4] },
    ...(activation === "prelu" && { slope: { shape: [4] } }),
  },
  run: ({ x, filter, bias, slope }) =>
    tf.fused.depthwiseConv2d({
      x: x as tf.Tensor4D,
      filter: filter as tf.Tensor4D,
      strides: 1,
      pad: "same",
      dilations,
      bias,
      activation,
      preluActivationWeights: slope,
      leakyreluAlpha: 0.3,
    }),
});

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
const fusedDilated = (activation: tf.fused.Activation): Case => ({
  inputs: {
    ...inputs({ x: [2, 7, 6, 2], filter: [3, 2, 2, 3] }),
    bias: { shape: [3] },
    ...(activation === "prelu" && { slope: { shape: [3] } }),
  },
  run: ({ x, filter, bias, slope }) =>
    tf.fused.conv2d({
      x: x as tf.Tensor4D,
      filter: filter as tf.Tensor4D,
      strides: 1,
      pad: "same",
      dilations: [2, 3],
      bias,
      activation,
      preluActivationWeights: slope,
      leakyreluAlpha: 0.3,
    }),
});
const dilatedCases: Case[] = [
  dilated({ x: [2, 9, 8, 3], filter: [3, 2, 3, 4] }, [2, 3], "same"),
  dilated({ x: [2, 9, 8, 3], filter: [3, 2, 3, 4] }, [2, 1], "valid"),
  dilated({ x: [1, 7, 7, 2], filter: [2, 2, 2, 2] }, [3, 3], 2),
  causal,
  depthwiseCases[5],
  depthwiseCases[6],
];

const volume = (shapes: Shapes, strides: number | Triple, pad: "same" | "valid", rates?: Triple): Case => ({
  inputs: inputs(shapes),
  run: ({ x, filter }) => tf.conv3d(x as tf.Tensor5D, filter as tf.Tensor5D, strides, pad, "NDHWC", rates),
});
const volumes: Case[] = [
  volume({ x: [2, 4, 5, 3, 2], filter: [2, 3, 2, 2, 3] }, 1, "same"),
  volume({ x: [2, 4, 5, 4, 2], filter: [2, 3, 2, 2, 3] }, 1, "valid"),
  volume({ x: [2, 5, 6, 7, 2], filter: [2, 3, 3, 2, 2] }, [2, 3, 2], "valid"),
  volume({ x: [1, 5, 6, 7, 1], filter: [3, 3, 3, 1, 2] }, 2, "same"),
  // Strides above the kernel: TensorFlow.js counts a negative padding.
  volume({ x: [1, 5, 5, 5, 2], filter: [1, 1, 1, 2, 2] }, 2, "same"),
];
const dilatedVolume = volume({ x: [1, 6, 7, 6, 2], filter: [2, 3, 2, 2, 3] }, 1, "valid", [2, 3, 1]);

const transposed = (
  pad: "same" | "valid",
  strides: Pair,
  output: [number, number, number, number],
): Case => ({
  inputs: { x: { shape: [2, 4, 3, 2] }, filter: { shape: [3, 2, 5, 2] } },
  run: ({ x, filter }) => tf.conv2dTranspose(x as tf.Tensor4D, filter as tf.Tensor4D, output, strides, pad),
});
export const TRANSPOSED: Case[] = [
  transposed("valid", [2, 2], [2, 9, 6, 5]),
  transposed("same", [2, 2], [2, 8, 6, 5]),
  transposed("same", [1, 1], [2, 4, 3, 5]),
  transposed("valid", [3, 2], [2, 12, 6, 5]),
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

const channelsFirst = (strides: Pair, pad: Pad, rates?: Pair): Case => ({
  inputs: inputs({ x: [2, 3, 8, 7], filter: [3, 2, 3, 4] }),
  run: ({ x, filter }) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, strides, pad, "NCHW", rates),
});
export const CHANNELS_FIRST: Case[] = [
  channelsFirst([1, 1], "same"),
  channelsFirst([2, 2], "valid"),
  channelsFirst([1, 1], "valid", [2, 2]),
];
const fusedChannelsFirst = (bias: number[], slope: number[]): Case => ({
  inputs: {
    ...inputs({ x: [2, 2, 5, 4], filter: [3, 2, 2, 3] }),
    bias: { shape: bias },
    slope: { shape: slope },
  },
  run: ({ x, filter, bias, slope }) =>
    tf.fused.conv2d({
      x: x as tf.Tensor4D,
      filter: filter as tf.Tensor4D,
      strides: 1,
      pad: "same",
      dataFormat: "NCHW",
      bias,
      activation: "prelu",
      preluActivationWeights: slope,
    }),
  noGradient: "TensorFlow.js has none for channels first",
});
const activated = (activation: tf.fused.Activation): Case => ({
  inputs: {
    ...inputs({ x: [2, 5, 4, 2], filter: [3, 2, 2, 3] }),
    bias: { shape: [3] },
    ...(activation === "prelu" && { slope: { shape: [3] } }),
  },
  run: ({ x, filter, bias, slope }) =>
    tf.fused.conv2d({
      x: x as tf.Tensor4D,
      filter: filter as tf.Tensor4D,
      strides: 1,
      pad: "same",
      bias,
      activation,
      preluActivationWeights: slope,
      leakyreluAlpha: 0.3,
    }),
});
export const FUSED: Case[] = [
  activated("relu6"),
  activated("sigmoid"),
  activated("leakyrelu"),
  activated("prelu"),
  fusedChannelsFirst([3], [3]),
  fusedChannelsFirst([1], [3, 1, 1]),
  fusedChannelsFirst([3], [3, 5, 4]),
  { ...fusedDilated("linear"), noGradient: "compared by the composed operations" },
];

export const CASES: Record<string, Case[]> = {
  Conv3D: [...volumes, dilatedVolume],
  Conv3DBackpropFilterV2: [...volumes, dilatedVolume],
  Conv3DBackpropInputV2: [
    ...volumes,
    dilatedVolume,
    transposedVolume("valid", 2, [2, 6, 5, 6, 3]),
    transposedVolume("same", 1, [2, 3, 2, 3, 3]),
  ],
  DepthwiseConv2dNative: [...depthwiseCases, separable],
  DepthwiseConv2dNativeBackpropFilter: [...depthwiseCases, separable],
  DepthwiseConv2dNativeBackpropInput: [...depthwiseCases, separable],
  DilatedConvolutionFilterGradient: [
    ...dilatedCases,
    dilatedVolume,
    fusedDilated("linear"),
    fusedDilated("relu"),
  ],
  DilatedConvolutionInputGradient: [...dilatedCases, dilatedVolume, fusedDilated("prelu"), CHANNELS_FIRST[2]],
  FusedDepthwiseConv2D: [
    fusedDepthwise("linear"),
    fusedDepthwise("relu"),
    fusedDepthwise("prelu"),
    fusedDepthwise("leakyrelu"),
  ],
};
