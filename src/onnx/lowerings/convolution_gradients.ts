/**
 * The gradients of convolution.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { transpose } from "../arrange.ts";
import type { Graph, Value } from "../graph.ts";
import { type Call, channelsFirst, channelsFirstValue, type Operand, plain, plainValue } from "../operand.ts";
import { geometry } from "./convolution.ts";

/**
 * The gradient of a convolution with respect to its input.
 *
 * With stride 1 it is the convolution of the gradient with the kernel flipped and its channel axes swapped, several times faster than
 * the transposed convolution that larger strides need.
 */
export function convolutionInputGradient(
  { graph, inputs: { dy, filter }, attributes }: Call<tf.Conv2DBackpropInputAttrs>,
): Operand {
  const { inputShape } = attributes;
  const info = geometry(inputShape, filter.shape, { ...attributes, dilations: 1 });
  const [top, left, bottom, right] = info.pads, [height, width] = info.kernel;
  const kernel = plainValue(graph, filter);
  const shape = [inputShape[0], inputShape[3], inputShape[1], inputShape[2]];
  const gradient = channelsFirstValue(graph, dy);
  if (info.strides.every((stride) => stride === 1)) {
    const flipped = flip(graph, kernel);
    const inputs = [gradient, transpose(graph, flipped, [2, 3, 0, 1])];
    const pads = [height - 1 - top, width - 1 - left, height - 1 - bottom, width - 1 - right];
    const attributes = { "kernel_shape": info.kernel, pads, strides: [1, 1], dilations: [1, 1] };
    return channelsFirst(graph.emit("Conv", inputs, { shape, attributes }), inputShape);
  }
  // What the strides left over at the end of the input gets no gradient from any window.
  const rest = [
    inputShape[1] + top + bottom - height - (gradient.shape[2] - 1) * info.strides[0],
    inputShape[2] + left + right - width - (gradient.shape[3] - 1) * info.strides[1],
  ];
  return channelsFirst(
    graph.emit("ConvTranspose", [gradient, transpose(graph, kernel, [3, 2, 0, 1])], {
      shape,
      attributes: {
        "kernel_shape": info.kernel,
        pads: info.pads,
        strides: info.strides,
        output_padding: rest,
      },
    }),
    inputShape,
  );
}

/**
 * The gradient of a convolution with respect to its filter.
 *
 * It is the convolution of the input with the gradient, batch and channels swapped in both. That holds for any geometry; a compiled
 * program computes it in the fastest way that its shapes allow.
 */
export function convolutionFilterGradient(
  { graph, inputs: { x, dy }, attributes }: Call<tf.Conv2DBackpropFilterAttrs>,
): Operand {
  const { filterShape } = attributes;
  const info = geometry(x.shape, filterShape, { ...attributes, dilations: 1 });
  const swapped = [x, dy].map((operand) =>
    transpose(graph, channelsFirstValue(graph, operand), [1, 0, 2, 3])
  );
  const [height, width] = info.kernel;
  const [, outputHeight, outputWidth] = dy.shape;
  const [top, left, bottom, right] = info.pads;
  // Rows and columns that the strides left over would come out as further taps.
  const taps = [
    x.shape[1] + top + bottom - (outputHeight - 1) * info.strides[0],
    x.shape[2] + left + right - (outputWidth - 1) * info.strides[1],
  ];
  const result = graph.emit("Conv", swapped, {
    shape: [filterShape[2], filterShape[3], ...taps],
    attributes: {
      "kernel_shape": [outputHeight, outputWidth],
      pads: info.pads,
      strides: [1, 1],
      dilations: info.strides,
    },
  });
  const kept = taps[0] === height && taps[1] === width ? result : graph.emit("Slice", [
    result,
    graph.integers([0, 0]),
    graph.integers([height, width]),
    graph.integers([2, 3]),
  ], { shape: [filterShape[2], filterShape[3], height, width] });
  return plain(transpose(graph, kept, [2, 3, 0, 1]));
}

function flip(graph: Graph, kernel: Value): Value {
  const axes = [0, 1].filter((axis) => kernel.shape[axis] > 1);
  if (axes.length === 0) return kernel;
  const limits = [axes.map(() => -1), axes.map(() => -(2 ** 31)), axes, axes.map(() => -1)];
  return graph.emit("Slice", [kernel, ...limits.map((values) => graph.integers(values))], {
    shape: kernel.shape,
  });
}
