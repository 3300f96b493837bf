/**
 * Convolution.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { transpose } from "../arrange.ts";
import { type Call, channelsFirst, channelsFirstValue, type Operand, plainValue } from "../operand.ts";
import { activate } from "./activation.ts";
import { add } from "./arithmetic.ts";

/** Convolution of `[batch, height, width, channel]` with `[height, width, channel, filter]`. */
export function convolution({ graph, inputs: { x, filter }, attributes }: Call<tf.Conv2DAttrs>): Operand {
  const info = geometry(x.shape, filter.shape, attributes);
  const kernel = transpose(graph, plainValue(graph, filter), [3, 2, 0, 1]);
  return channelsFirst(
    graph.emit("Conv", [channelsFirstValue(graph, x), kernel], {
      shape: info.outputShape,
      attributes: {
        "kernel_shape": info.kernel,
        pads: info.pads,
        strides: info.strides,
        dilations: info.dilations,
      },
    }),
    info.shape,
  );
}

/** A convolution, its bias and its activation. */
export function fusedConvolution(call: Call<tf.FusedConv2DAttrs>): Operand {
  const { graph, inputs: { bias } } = call;
  const result = convolution(call);
  return activate(
    call,
    bias === undefined ? result : add({ graph, inputs: { a: result, b: bias }, attributes: {} }),
  );
}

/** The sizes of a convolution, in ONNX's order. */
export interface Geometry {
  /** `[batch, height, width, channel]` of the output. */
  readonly shape: readonly number[];
  /** The same with channels first. */
  readonly outputShape: readonly number[];
  readonly kernel: readonly number[];
  /** Top, left, bottom, right. */
  readonly pads: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
}

/** Works the sizes of a convolution out. Throws RangeError unless channels come last. */
export function geometry(
  inputShape: readonly number[],
  filterShape: readonly number[],
  attributes: Omit<tf.Conv2DAttrs, "dataFormat"> & { dataFormat?: string },
): Geometry {
  const { strides, pad, dilations, dimRoundingMode, dataFormat = "NHWC" } = attributes;
  if (dataFormat !== "NHWC") {
    throw new RangeError(`Cannot record a convolution: its data format must be NHWC, got ${dataFormat}`);
  }
  const [batch, height, width, channels] = inputShape;
  const [kernelHeight, kernelWidth, depth, filters] = filterShape;
  const info = tf.backend_util.computeConv2DInfo(
    [batch, height, width, channels],
    [kernelHeight, kernelWidth, depth, filters],
    strides,
    dilations,
    pad,
    dimRoundingMode,
  );
  const { top, left, bottom, right } = info.padInfo;
  return {
    shape: info.outShape,
    outputShape: [batch, filters, info.outHeight, info.outWidth],
    kernel: [kernelHeight, kernelWidth],
    pads: [top, left, bottom, right],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
  };
}
