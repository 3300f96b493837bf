/**
 * Pooling and its gradients.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { reshape } from "../arrange.ts";
import { type Graph, sizeOf, type Value } from "../graph.ts";
import {
  type Call,
  channelsFirst,
  channelsFirstValue,
  filled,
  type Operand,
  plainValue,
} from "../operand.ts";

type PoolAttributes = Pick<tf.MaxPoolAttrs, "filterSize" | "strides" | "pad" | "dimRoundingMode">;

/** The largest element of each window. */
export function maxPool({ graph, inputs: { x }, attributes }: Call<PoolAttributes>): Operand {
  const { values, shape } = maxPoolWithPositions(graph, x, attributes);
  return channelsFirst(values, shape);
}

/**
 * The gradient of max-pooling: each window's gradient goes to its first largest element.
 *
 * The pooling that it names is the one of the forward pass, since equal nodes are one; MaxUnpool would be wrong where windows overlap.
 */
export function maxPoolGradient({ graph, inputs: { dy, input }, attributes }: Call<PoolAttributes>): Operand {
  const { positions } = maxPoolWithPositions(graph, input, attributes);
  const [batch, height, width, channels] = input.shape;
  const size = sizeOf(input.shape);
  const gradient = channelsFirstValue(graph, dy);
  const flat = [sizeOf(gradient.shape)];
  const inputs = [
    plainValue(graph, filled(0, [size], "float32")),
    reshape(graph, positions, flat),
    reshape(graph, gradient, flat),
  ];
  const scattered = graph.emit("ScatterElements", inputs, {
    shape: [size],
    attributes: { axis: 0, reduction: "add" },
  });
  return channelsFirst(reshape(graph, scattered, [batch, channels, height, width]), input.shape);
}

/** The mean of each window; padding counts for nothing. */
export function averagePool({ graph, inputs: { x }, attributes }: Call<PoolAttributes>): Operand {
  const info = geometry(x.shape, attributes);
  return channelsFirst(
    graph.emit("AveragePool", [channelsFirstValue(graph, x)], {
      shape: info.outputShape,
      attributes: { ...info.attributes, count_include_pad: 0 },
    }),
    info.shape,
  );
}

/**
 * The gradient of average-pooling: each window's gradient over its elements in equal shares.
 *
 * A window at the border has fewer elements, and they share by that number. The `cpu` backend of TensorFlow.js divides by the size of
 * the window there, which is not the gradient of what it computes forward.
 */
export function averagePoolGradient(
  { graph, inputs: { dy, input }, attributes }: Call<PoolAttributes>,
): Operand {
  const info = geometry(input.shape, attributes);
  const [batch, height, width, channels] = input.shape;
  const counts = graph.constant(windowCounts(info, [height, width]), {
    type: "float32",
    shape: [1, 1, ...info.outputShape.slice(2)],
  });
  const gradient = channelsFirstValue(graph, dy);
  const shares = graph.emit("Div", [gradient, counts], { shape: gradient.shape });
  const [top, left, bottom, right] = info.pads;
  const rest = [
    height + top + bottom - info.kernel[0] - (gradient.shape[2] - 1) * info.strides[0],
    width + left + right - info.kernel[1] - (gradient.shape[3] - 1) * info.strides[1],
  ];
  const ones = plainValue(graph, filled(1, [channels, 1, ...info.kernel], "float32"));
  return channelsFirst(
    graph.emit("ConvTranspose", [shares, ones], {
      shape: [batch, channels, height, width],
      attributes: { ...info.attributes, group: channels, output_padding: rest },
    }),
    input.shape,
  );
}

function maxPoolWithPositions(graph: Graph, x: Operand, attributes: PoolAttributes) {
  const info = geometry(x.shape, attributes);
  const [values, positions]: readonly Value[] = graph.emitSeveral("MaxPool", [channelsFirstValue(graph, x)], [
    { shape: info.outputShape, attributes: info.attributes },
    { shape: info.outputShape, type: "int64" },
  ]);
  return { values, positions, shape: info.shape };
}

interface Geometry {
  readonly shape: readonly number[];
  readonly outputShape: readonly number[];
  readonly kernel: readonly number[];
  readonly pads: readonly number[];
  readonly strides: readonly number[];
  readonly attributes: { "kernel_shape": number[]; pads: number[]; strides: number[] };
}

function geometry(inputShape: readonly number[], attributes: PoolAttributes): Geometry {
  const [batch, inputHeight, inputWidth, channels] = inputShape;
  const { filterSize, strides, pad, dimRoundingMode } = attributes;
  const info = tf.backend_util.computePool2DInfo(
    [batch, inputHeight, inputWidth, channels],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const { top, left, bottom, right } = info.padInfo;
  const kernel = [info.filterHeight, info.filterWidth], steps = [info.strideHeight, info.strideWidth];
  const pads = [top, left, bottom, right];
  return {
    shape: info.outShape,
    outputShape: [batch, channels, info.outHeight, info.outWidth],
    kernel,
    pads,
    strides: steps,
    attributes: { "kernel_shape": kernel, pads, strides: steps },
  };
}

function windowCounts(info: Geometry, [height, width]: readonly number[]): Float32Array {
  const [, , outputHeight, outputWidth] = info.outputShape;
  const inside = (index: number, axis: number, length: number) => {
    const first = index * info.strides[axis] - info.pads[axis];
    return Math.min(first + info.kernel[axis], length) - Math.max(first, 0);
  };
  return Float32Array.from({ length: outputHeight * outputWidth }, (_, index) => {
    const row = Math.floor(index / outputWidth), column = index % outputWidth;
    return inside(row, 0, height) * inside(column, 1, width);
  });
}
