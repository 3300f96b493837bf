/**
 * Convolution of images and volumes, of all channels or of each by itself, and its gradients.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import {
  type Call,
  channelsFirst,
  channelsFirstValue,
  type Operand,
  plain,
  plainValue,
} from "../graph/operand.ts";
import { activate } from "./activation.ts";
import { add } from "./arithmetic.ts";
import { type Convolution, convolve, filterGradient, inputGradient } from "./grouped_convolution.ts";
import { imageWindows, volumeWindows } from "./windows.ts";

/** What the kernels of all convolutions are told; those of most gradients know no dilations. */
interface Attributes {
  readonly strides: number | number[];
  readonly pad: tf.Conv2DAttrs["pad"];
  readonly dilations?: number | number[] | null;
  readonly dimRoundingMode?: tf.Conv2DAttrs["dimRoundingMode"];
}

/** A convolution, and the shape that it gives, channels last. */
interface Sized extends Convolution {
  readonly shape: readonly number[];
}

/** Works out how a filter goes over an input, from their shapes. */
type Geometry<A> = (input: readonly number[], filter: readonly number[], attributes: A) => Sized;

/** The lowerings of a kind of convolution. */
function kind<A extends Attributes>(geometry: Geometry<A>) {
  return {
    /** The convolution itself. */
    convolution({ graph, inputs: { x, filter }, attributes }: Call<A>): Operand {
      const sized = geometry(x.shape, filter.shape, attributes);
      const value = convolve(graph, channelsFirstValue(graph, x), plainValue(graph, filter), sized);
      return channelsFirst(value, sized.shape);
    },
    /** Its gradient with respect to its input. */
    inputGradient(
      { graph, inputs: { dy, filter }, attributes }: Call<A & { readonly inputShape: readonly number[] }>,
    ): Operand {
      const sized = geometry(attributes.inputShape, filter.shape, attributes);
      const value = inputGradient(graph, channelsFirstValue(graph, dy), plainValue(graph, filter), sized);
      return channelsFirst(value, attributes.inputShape);
    },
    /** Its gradient with respect to its filter. */
    filterGradient(
      { graph, inputs: { x, dy }, attributes }: Call<A & { readonly filterShape: readonly number[] }>,
    ): Operand {
      const sized = geometry(x.shape, attributes.filterShape, attributes);
      return plain(filterGradient(graph, channelsFirstValue(graph, x), channelsFirstValue(graph, dy), sized));
    },
  };
}

/** A convolution, its bias and its activation. */
function fused<A>(convolution: (call: Call<A>) => Operand) {
  return (call: Call<A & { activation?: string; leakyreluAlpha?: number }>): Operand => {
    const { graph, inputs: { bias: b } } = call, a = convolution(call);
    return activate(call, b === undefined ? a : add({ graph, inputs: { a, b }, attributes: {} }));
  };
}

function flat(depthwise: boolean): Geometry<Attributes> {
  return (input, filter, { strides, pad, dilations, dimRoundingMode }) => {
    const [batch, height, width, channels] = input, [kernelHeight, kernelWidth, inputs, outputs] = filter;
    const info = tf.backend_util.computeConv2DInfo(
      [batch, height, width, channels],
      [kernelHeight, kernelWidth, inputs, outputs],
      pair(strides),
      pair(dilations ?? 1),
      pad,
      dimRoundingMode,
      depthwise,
    );
    return { shape: info.outShape, axes: imageWindows(info), groups: depthwise ? channels : 1 };
  };
}

const deep: Geometry<Attributes> = (input, filter, { strides, pad, dilations }) => {
  if (typeof pad === "object") {
    throw new TypeError(`Cannot convolve a volume: its padding must be same, valid or a number, got ${pad}`);
  }
  const [batch, depth, height, width, channels] = input;
  const [kernelDepth, kernelHeight, kernelWidth, inputs, outputs] = filter;
  const info = tf.backend_util.computeConv3DInfo(
    [batch, depth, height, width, channels],
    [kernelDepth, kernelHeight, kernelWidth, inputs, outputs],
    triple(strides),
    triple(dilations ?? 1),
    pad,
  );
  return { shape: info.outShape, axes: volumeWindows(info), groups: 1 };
};

/** Of `[batch, height, width, channel]` with `[height, width, channel, filter]`. */
export const image = kind(flat(false));
/** Of `[batch, height, width, channel]` with `[height, width, channel, multiplier]`. */
export const depthwise = kind(flat(true));
/** Of `[batch, depth, height, width, channel]` with `[depth, height, width, channel, filter]`. */
export const volume = kind(deep);
/** Of any of these: what the gradients of dilated convolutions are of, for which TensorFlow.js has no kernels. */
export const dilated = kind<Attributes & { readonly depthwise: boolean }>((input, filter, attributes) =>
  (input.length === 5 ? deep : flat(attributes.depthwise))(input, filter, attributes)
);
/** Of an image, with bias and activation. */
export const fusedImage = fused(image.convolution);
/** Of each channel of an image, with bias and activation. */
export const fusedDepthwise = fused(depthwise.convolution);

function pair(values: number | number[]): [number, number] {
  return Array.isArray(values) ? [values[0], values[1] ?? values[0]] : [values, values];
}

function triple(values: number | number[]): [number, number, number] {
  return Array.isArray(values) ? [values[0], values[1], values[2]] : [values, values, values];
}
