/**
 * Convolution of each channel by itself.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type Call, channelsFirst, channelsFirstValue, type Operand, plain, plainValue } from "../operand.ts";
import { activate } from "./activation.ts";
import { add } from "./arithmetic.ts";
import { type Convolution, convolve, filterGradient, inputGradient } from "./grouped_convolution.ts";
import { imageWindows } from "./windows.ts";

type Attributes = Pick<tf.DepthwiseConv2dNativeAttrs, "strides" | "pad" | "dilations" | "dimRoundingMode">;

/** Convolution of `[batch, height, width, channel]` with `[height, width, channel, multiplier]`. */
export function depthwiseConvolution(
  { graph, inputs: { x, filter }, attributes }: Call<Attributes>,
): Operand {
  const { shape, convolution } = geometry(x.shape, filter.shape, attributes);
  const value = convolve(graph, channelsFirstValue(graph, x), plainValue(graph, filter), convolution);
  return channelsFirst(value, shape);
}

/** The same, its bias and its activation. */
export function fusedDepthwiseConvolution(call: Call<tf.FusedDepthwiseConv2DAttrs>): Operand {
  const { graph, inputs: { bias: b } } = call;
  const a = depthwiseConvolution(call);
  return activate(call, b === undefined ? a : add({ graph, inputs: { a, b }, attributes: {} }));
}

/** The gradient with respect to the input. */
export function depthwiseInputGradient(
  { graph, inputs: { dy, filter }, attributes }: Call<Attributes & { inputShape: number[] }>,
): Operand {
  const { convolution } = geometry(attributes.inputShape, filter.shape, attributes);
  const value = inputGradient(graph, channelsFirstValue(graph, dy), plainValue(graph, filter), convolution);
  return channelsFirst(value, attributes.inputShape);
}

/** The gradient with respect to the filter. */
export function depthwiseFilterGradient(
  { graph, inputs: { x, dy }, attributes }: Call<Attributes & { filterShape: number[] }>,
): Operand {
  const { convolution } = geometry(x.shape, attributes.filterShape, attributes);
  return plain(
    filterGradient(graph, channelsFirstValue(graph, x), channelsFirstValue(graph, dy), convolution),
  );
}

function geometry(
  [batch, height, width, channels]: readonly number[],
  [kernelHeight, kernelWidth, depth, multiplier]: readonly number[],
  { strides, dilations, pad, dimRoundingMode }: Attributes,
): { readonly shape: readonly number[]; readonly convolution: Convolution } {
  const info = tf.backend_util.computeConv2DInfo(
    [batch, height, width, channels],
    [kernelHeight, kernelWidth, depth, multiplier],
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    true,
  );
  return { shape: info.outShape, convolution: { axes: imageWindows(info), groups: channels } };
}
