/**
 * Convolution of any number of axes and groups, and its gradients, on values with channels first.
 *
 * @module
 */
import { reshape, transpose } from "../graph/arrange.ts";
import type { Graph, Value } from "../graph/graph.ts";
import { after, bordered, forwardPadding, reach, type Windows, zerosAround } from "./windows.ts";

/** The windows, and how many groups of channels are convolved apart. */
export interface Convolution {
  readonly axes: readonly Windows[];
  readonly groups: number;
}

/**
 * Convolves `[batch, channel, ...]` with a filter as TensorFlow.js has it: `[..., channel, output channel]`, or with as many groups as
 * channels `[..., channel, multiplier]`.
 */
export function convolve(graph: Graph, x: Value, filter: Value, { axes, groups }: Convolution): Value {
  const { value, pads } = bordered(graph, x, forwardPadding(axes));
  const kernel = outputsFirst(graph, filter, groups);
  return graph.emit("Conv", [value, kernel], {
    shape: [x.shape[0], kernel.shape[0], ...axes.map((axis) => axis.output)],
    attributes: {
      "kernel_shape": axes.map((axis) => axis.kernel),
      pads,
      strides: axes.map((axis) => axis.stride),
      dilations: axes.map((axis) => axis.dilation),
      ...inGroups(groups),
    },
  });
}

/**
 * The gradient with respect to the input.
 *
 * With stride 1 it is the convolution of the gradient with the flipped kernel, several times faster than the transposed convolution.
 */
export function inputGradient(graph: Graph, dy: Value, filter: Value, { axes, groups }: Convolution): Value {
  const channels = filter.shape[axes.length];
  const attributes = {
    "kernel_shape": axes.map((axis) => axis.kernel),
    strides: axes.map((axis) => axis.stride),
    dilations: axes.map((axis) => axis.dilation),
    ...inGroups(groups),
  };
  const gradient = asLongAs(graph, dy, axes);
  if (axes.every((axis) => axis.stride === 1)) {
    const padding = axes.map((axis) =>
      [reach(axis) - 1 - axis.before, reach(axis) - 1 - after(axis)] as const
    );
    const { value, pads } = bordered(graph, gradient, padding);
    const inputsFirst = [axes.length, axes.length + 1, ...axes.keys()];
    return graph.emit("Conv", [value, transpose(graph, flip(graph, filter, axes), inputsFirst)], {
      shape: [dy.shape[0], channels, ...axes.map((axis) => axis.input)],
      attributes: { ...attributes, pads },
    });
  }
  const rests = axes.map((axis) => Math.max(-after(axis), 0));
  const covered = axes.every((axis, index) => axis.before >= 0 && rests[index] < axis.stride);
  const pads = [
    ...axes.map((axis) => Math.max(axis.before, 0)),
    ...axes.map((axis) => Math.max(after(axis), 0)),
  ];
  const missing = axes.map((axis, index) => [Math.max(-axis.before, 0), covered ? 0 : rests[index]] as const);
  const lengths = axes.map((axis, index) => axis.input - missing[index][0] - missing[index][1]);
  const spread = graph.emit("ConvTranspose", [gradient, outputsFirst(graph, filter, groups)], {
    shape: [dy.shape[0], channels, ...lengths],
    attributes: { ...attributes, pads, ...(covered && { "output_padding": rests }) },
  });
  return zerosAround(graph, spread, missing);
}

/** The gradient with respect to the filter, as TensorFlow.js has it: one convolution over the batch, with strides and dilations swapped. */
export function filterGradient(graph: Graph, x: Value, dy: Value, { axes, groups }: Convolution): Value {
  const { value, pads } = bordered(graph, x, forwardPadding(axes));
  const gradient = asLongAs(graph, dy, axes), outputs = dy.shape[1];
  const cut = value.shape.slice(2), channels = x.shape[1] / groups, space = [...axes.keys()];
  const taps = axes.map((axis, index) => {
    const padded = cut[index] + pads[index] + pads[index + axes.length];
    return Math.floor((padded - (axis.output - 1) * axis.stride - 1) / axis.dilation) + 1;
  });
  const swapped = [
    batchLast(graph, value, groups),
    transpose(graph, gradient, [1, 0, ...space.map(behindTwo)]),
  ];
  const result = graph.emit("Conv", swapped, {
    shape: [channels, outputs, ...taps],
    attributes: {
      "kernel_shape": axes.map((axis) => axis.output),
      pads,
      strides: axes.map((axis) => axis.dilation),
      dilations: axes.map((axis) => axis.stride),
      ...inGroups(groups),
    },
  });
  // Taps from what the strides left over.
  const { value: kept } = bordered(graph, result, axes.map((axis, index) => [0, axis.kernel - taps[index]]));
  const pairs = groups === 1 ? [channels, outputs] : [groups, channels * outputs / groups];
  const kernels = reshape(graph, kept, [...pairs, ...axes.map((axis) => axis.kernel)]);
  return transpose(graph, kernels, [...space.map(behindTwo), 0, 1]);
}

/** `[channel of the group, group and batch, ...]` */
function batchLast(graph: Graph, value: Value, groups: number): Value {
  const [batch, channels, ...space] = value.shape, axes = [...space.keys()];
  if (groups === 1) return transpose(graph, value, [1, 0, ...axes.map(behindTwo)]);
  const apart = reshape(graph, value, [batch, groups, channels / groups, ...space]);
  const swapped = transpose(graph, apart, [2, 1, 0, ...axes.map((axis) => axis + 3)]);
  return reshape(graph, swapped, [channels / groups, groups * batch, ...space]);
}

function behindTwo(axis: number): number {
  return axis + 2;
}

/** A gradient without what no window gave: TensorFlow.js takes a longer one and reads as much as there are windows. */
function asLongAs(graph: Graph, dy: Value, axes: readonly Windows[]): Value {
  return bordered(graph, dy, axes.map((axis, index) => [0, axis.output - dy.shape[index + 2]])).value;
}

function inGroups(groups: number): { readonly group?: number } {
  return groups === 1 ? {} : { group: groups };
}

/** `[output channel, channel of the group, ...]`, as ONNX takes a filter. */
function outputsFirst(graph: Graph, filter: Value, groups: number): Value {
  const space = filter.shape.slice(0, -2), axes = [...space.keys()], [first, second] = filter.shape.slice(-2);
  if (groups === 1) return transpose(graph, filter, [axes.length + 1, axes.length, ...axes]);
  const kernels = transpose(graph, filter, [axes.length, axes.length + 1, ...axes]);
  return reshape(graph, kernels, [first * second, 1, ...space]);
}

function flip(graph: Graph, filter: Value, axes: readonly Windows[]): Value {
  const turned = [...axes.keys()].filter((axis) => axes[axis].kernel > 1);
  if (turned.length === 0) return filter;
  const limits = [turned.map(() => -1), turned.map(() => -(2 ** 31)), turned, turned.map(() => -1)];
  const inputs = [filter, ...limits.map((values) => graph.integers(values))];
  return graph.emit("Slice", inputs, { shape: filter.shape });
}
