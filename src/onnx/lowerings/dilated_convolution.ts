/**
 * The gradients of dilated convolutions, for which TensorFlow.js has no kernels.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type Call, channelsFirst, channelsFirstValue, type Operand, plain, plainValue } from "../operand.ts";
import { type Convolution, filterGradient, inputGradient } from "./grouped_convolution.ts";
import { imageWindows, volumeWindows } from "./windows.ts";

interface Attributes {
  readonly strides: number | number[];
  readonly dilations: number | number[];
  readonly pad: tf.Conv2DAttrs["pad"];
  readonly dimRoundingMode?: tf.Conv2DAttrs["dimRoundingMode"];
  readonly depthwise: boolean;
}

/** The gradient of an image's or a volume's convolution with respect to its input. */
export function dilatedInputGradient(
  { graph, inputs: { dy, filter }, attributes }: Call<Attributes & { inputShape: number[] }>,
): Operand {
  const convolution = geometry(attributes.inputShape, filter.shape, attributes);
  const value = inputGradient(graph, channelsFirstValue(graph, dy), plainValue(graph, filter), convolution);
  return channelsFirst(value, attributes.inputShape);
}

/** The gradient of an image's or a volume's convolution with respect to its filter. */
export function dilatedFilterGradient(
  { graph, inputs: { x, dy }, attributes }: Call<Attributes & { filterShape: number[] }>,
): Operand {
  const convolution = geometry(x.shape, attributes.filterShape, attributes);
  return plain(
    filterGradient(graph, channelsFirstValue(graph, x), channelsFirstValue(graph, dy), convolution),
  );
}

function geometry(
  inputShape: readonly number[],
  filterShape: readonly number[],
  { strides, dilations, pad, dimRoundingMode, depthwise }: Attributes,
): Convolution {
  if (inputShape.length === 5) {
    if (Array.isArray(pad)) {
      throw new TypeError(`Cannot pad a volume: the padding must be same, valid or a number`);
    }
    const [batch, depth, height, width, channels] = inputShape;
    const [kernelDepth, kernelHeight, kernelWidth, inputs, outputs] = filterShape;
    const info = tf.backend_util.computeConv3DInfo(
      [batch, depth, height, width, channels],
      [kernelDepth, kernelHeight, kernelWidth, inputs, outputs],
      triple(strides),
      triple(dilations),
      pad,
    );
    return { axes: volumeWindows(info), groups: 1 };
  }
  const [batch, height, width, channels] = inputShape;
  const [kernelHeight, kernelWidth, inputs, outputs] = filterShape;
  const info = tf.backend_util.computeConv2DInfo(
    [batch, height, width, channels],
    [kernelHeight, kernelWidth, inputs, outputs],
    pair(strides),
    pair(dilations),
    pad,
    dimRoundingMode,
    depthwise,
  );
  return { axes: imageWindows(info), groups: depthwise ? channels : 1 };
}

function pair(values: number | number[]): [number, number] {
  return Array.isArray(values) ? [values[0], values[1]] : [values, values];
}

function triple(values: number | number[]): [number, number, number] {
  return Array.isArray(values) ? [values[0], values[1], values[2]] : [values, values, values];
}
