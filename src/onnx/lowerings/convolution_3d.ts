/**
 * Convolution of volumes.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type Call, channelsFirst, channelsFirstValue, type Operand, plain, plainValue } from "../operand.ts";
import { type Convolution, convolve, filterGradient, inputGradient } from "./grouped_convolution.ts";
import { volumeWindows } from "./windows.ts";

type Attributes = Pick<tf.Conv3DAttrs, "strides" | "pad"> & {
  readonly dilations?: tf.Conv3DAttrs["dilations"];
};

/** Convolution of `[batch, depth, height, width, channel]` with `[depth, height, width, channel, filter]`. */
export function convolution3d({ graph, inputs: { x, filter }, attributes }: Call<Attributes>): Operand {
  const { shape, convolution } = geometry(x.shape, filter.shape, attributes);
  const value = convolve(graph, channelsFirstValue(graph, x), plainValue(graph, filter), convolution);
  return channelsFirst(value, shape);
}

/** The gradient with respect to the input. */
export function convolution3dInputGradient(
  { graph, inputs: { dy, filter }, attributes }: Call<Attributes & { inputShape: number[] }>,
): Operand {
  const { convolution } = geometry(attributes.inputShape, filter.shape, attributes);
  const value = inputGradient(graph, channelsFirstValue(graph, dy), plainValue(graph, filter), convolution);
  return channelsFirst(value, attributes.inputShape);
}

/** The gradient with respect to the filter. */
export function convolution3dFilterGradient(
  { graph, inputs: { x, dy }, attributes }: Call<Attributes & { filterShape: number[] }>,
): Operand {
  const { convolution } = geometry(x.shape, attributes.filterShape, attributes);
  return plain(
    filterGradient(graph, channelsFirstValue(graph, x), channelsFirstValue(graph, dy), convolution),
  );
}

function geometry(
  [batch, depth, height, width, channels]: readonly number[],
  [kernelDepth, kernelHeight, kernelWidth, inputs, outputs]: readonly number[],
  { strides, pad, dilations = 1 }: Attributes,
): { readonly shape: readonly number[]; readonly convolution: Convolution } {
  const info = tf.backend_util.computeConv3DInfo(
    [batch, depth, height, width, channels],
    [kernelDepth, kernelHeight, kernelWidth, inputs, outputs],
    strides,
    dilations,
    pad,
  );
  return { shape: info.outShape, convolution: { axes: volumeWindows(info), groups: 1 } };
}
