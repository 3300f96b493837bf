/**
 * Gradients of convolutions whose filters have gaps between their elements.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type ReplacedGradient, single } from "./replaced.ts";

/** The kernels of a convolution's two gradients. */
export interface GradientKernels {
  readonly input: string;
  readonly filter: string;
}

/** Kernels of this project; a backend without them convolves with a filter whose gaps are filled with zeros. */
const DILATED: GradientKernels = {
  input: "DilatedConvolutionInputGradient",
  filter: "DilatedConvolutionFilterGradient",
};

/** The gradient of a convolution at any dilation. */
export function atAnyDilation(
  kernels: GradientKernels,
  { depthwise }: { depthwise: boolean },
): ReplacedGradient {
  return {
    why: "TensorFlow.js has none for dilations above 1, and forgets how the number of windows is rounded",
    inputsToSave: ["x", "filter"],
    gradFunc(dy, [x, filter], attributes) {
      const rates = ratesOf(attributes.dilations, filter.rank - 2), points = { x, filter, dy: single(dy) };
      // The layer of depthwise convolution gives null for no dilation.
      if (rates.every((rate) => rate === 1)) {
        return gradients(kernels, points, { ...attributes, dilations: 1 });
      }
      if (tf.getKernel(DILATED.input, tf.getBackend()) === undefined) {
        const spread = { ...points, filter: withGaps(filter, rates) };
        const ofSpread = gradients(kernels, spread, { ...attributes, dilations: 1 });
        return { x: ofSpread.x, filter: () => withoutGaps(ofSpread.filter(), rates, filter.shape) };
      }
      // A volume has one data format, channels last.
      const dataFormat = filter.rank === 4 ? attributes.dataFormat : "NHWC";
      return gradients(DILATED, points, { ...attributes, dataFormat, dilations: rates, depthwise });
    },
  };
}

function gradients(
  kernels: GradientKernels,
  { x, filter, dy }: { readonly x: tf.Tensor; readonly filter: tf.Tensor; readonly dy: tf.Tensor },
  attributes: tf.NamedAttrMap,
) {
  const run = (kernelName: string, inputs: tf.NamedTensorMap, more: tf.NamedAttrMap) =>
    single(tf.engine().runKernel(kernelName, inputs, { ...attributes, ...more }));
  return {
    x: () => run(kernels.input, { dy, filter }, { inputShape: x.shape }),
    filter: () => run(kernels.filter, { x, dy }, { filterShape: filter.shape }),
  };
}

/** The dilation along each axis of space. */
export function ratesOf(dilations: unknown, axes: number): number[] {
  if (Array.isArray(dilations)) return dilations.map(Number);
  return new Array<number>(axes).fill(Number(dilations ?? 1));
}

/** A filter with zeros between its elements. */
function withGaps(filter: tf.Tensor, rates: readonly number[]): tf.Tensor {
  return rates.reduce((tensor, rate, axis) => {
    const length = tensor.shape[axis], [outer, inner] = around(tensor.shape, axis);
    const apart = tf.pad(tf.reshape(tensor, [outer, length, 1, inner]), [[0, 0], [0, 0], [0, rate - 1], [
      0,
      0,
    ]]);
    const reach = (length - 1) * rate + 1;
    const cut = tf.slice(tf.reshape(apart, [outer, length * rate, inner]), [0, 0, 0], [outer, reach, inner]);
    return tf.reshape(cut, tensor.shape.with(axis, reach));
  }, filter);
}

/** The elements of a filter between its gaps. */
function withoutGaps(filter: tf.Tensor, rates: readonly number[], shape: readonly number[]): tf.Tensor {
  return rates.reduce((tensor, rate, axis) => {
    const length = shape[axis], [outer, inner] = around(tensor.shape, axis);
    const flat = tf.reshape(tensor, [outer, (length - 1) * rate + 1, inner]);
    const apart = tf.reshape(tf.pad(flat, [[0, 0], [0, rate - 1], [0, 0]]), [outer, length, rate, inner]);
    return tf.reshape(
      tf.slice(apart, [0, 0, 0, 0], [outer, length, 1, inner]),
      tensor.shape.with(axis, length),
    );
  }, filter);
}

/** How many elements lie along the axes before an axis, and behind it. */
function around(shape: readonly number[], axis: number): [number, number] {
  return [tf.util.sizeFromShape(shape.slice(0, axis)), tf.util.sizeFromShape(shape.slice(axis + 1))];
}
