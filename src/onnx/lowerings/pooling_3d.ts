/**
 * Pooling of volumes and its gradients.
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
import { convolve, inputGradient } from "./grouped_convolution.ts";
import { bordered, forwardPadding, volumeWindows, type Windows, zerosAround } from "./windows.ts";

type Attributes = Pick<tf.MaxPool3DAttrs, "filterSize" | "strides" | "pad" | "dimRoundingMode">;

/** The largest element of each window. */
export function maxPool3d({ graph, inputs: { x }, attributes }: Call<Attributes>): Operand {
  const { axes, shape } = geometry(x.shape, attributes);
  return channelsFirst(maxPoolWithPositions(graph, x, axes).values, shape);
}

/** The gradient of max-pooling: each window's gradient goes to its first largest element. */
export function maxPool3dGradient({ graph, inputs: { dy, input }, attributes }: Call<Attributes>): Operand {
  const { axes } = geometry(input.shape, attributes);
  const { positions, pooled } = maxPoolWithPositions(graph, input, axes);
  const gradient = channelsFirstValue(graph, dy),
    count = [sizeOf(gradient.shape)],
    size = [sizeOf(pooled.shape)];
  const inputs = [
    plainValue(graph, filled(0, size, "float32")),
    reshape(graph, positions, count),
    reshape(graph, gradient, count),
  ];
  const scattered = graph.emit("ScatterElements", inputs, {
    shape: size,
    attributes: { axis: 0, reduction: "add" },
  });
  return channelsFirst(uncut(graph, reshape(graph, scattered, pooled.shape), axes), input.shape);
}

/** The mean of each window; padding counts for nothing. */
export function averagePool3d({ graph, inputs: { x }, attributes }: Call<Attributes>): Operand {
  const { axes, shape } = geometry(x.shape, attributes);
  const { value, pads } = bordered(graph, channelsFirstValue(graph, x), forwardPadding(axes));
  const mean = graph.emit("AveragePool", [value], {
    shape: [...value.shape.slice(0, 2), ...axes.map((axis) => axis.output)],
    attributes: { ...windowAttributes(axes), pads, "count_include_pad": 0 },
  });
  return channelsFirst(mean, shape);
}

/**
 * The gradient of average-pooling: each window's gradient over its elements in equal shares.
 *
 * A window at the border has fewer elements, and they share by that number, as in the forward pass; the `cpu` backend of TensorFlow.js
 * divides by the size of the window there.
 */
export function averagePool3dGradient(
  { graph, inputs: { dy, input }, attributes }: Call<Attributes>,
): Operand {
  const { axes } = geometry(input.shape, attributes);
  const channels = input.shape[4], kernel = axes.map((axis) => axis.kernel);
  const ones = (count: number) => plainValue(graph, filled(1, [...kernel, count, 1], "float32"));
  const everywhere = plainValue(graph, filled(1, [1, 1, ...axes.map((axis) => axis.input)], "float32"));
  const counts = convolve(graph, everywhere, ones(1), { axes, groups: 1 });
  const gradient = channelsFirstValue(graph, dy);
  const shares = graph.emit("Div", [gradient, counts], { shape: gradient.shape });
  const convolution = { axes, groups: channels };
  return channelsFirst(inputGradient(graph, shares, ones(channels), convolution), input.shape);
}

function maxPoolWithPositions(graph: Graph, x: Operand, axes: readonly Windows[]) {
  const { value, pads } = bordered(graph, channelsFirstValue(graph, x), forwardPadding(axes));
  const shape = [...value.shape.slice(0, 2), ...axes.map((axis) => axis.output)];
  const [values, positions] = graph.emitSeveral("MaxPool", [value], [
    { shape, attributes: { ...windowAttributes(axes), pads } },
    { shape, type: "int64" },
  ]);
  return { values, positions, pooled: value };
}

/** Gives back what {@linkcode bordered} cut off, which no window reaches. */
function uncut(graph: Graph, value: Value, axes: readonly Windows[]): Value {
  const missing = forwardPadding(axes).map(([front, behind]) =>
    [Math.max(-front, 0), Math.max(-behind, 0)] as const
  );
  return zerosAround(graph, value, missing);
}

function windowAttributes(axes: readonly Windows[]) {
  return { "kernel_shape": axes.map((axis) => axis.kernel), strides: axes.map((axis) => axis.stride) };
}

function geometry(
  [batch, depth, height, width, channels]: readonly number[],
  { filterSize, strides, pad, dimRoundingMode }: Attributes,
): { readonly shape: readonly number[]; readonly axes: readonly Windows[] } {
  const info = tf.backend_util.computePool3DInfo(
    [batch, depth, height, width, channels],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  return { shape: info.outShape, axes: volumeWindows(info) };
}
