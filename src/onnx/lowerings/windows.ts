/**
 * How the windows of a convolution or pooling lie along each axis of its input.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Graph, Value } from "../graph/graph.ts";

/** What the kernels of poolings are told. */
export interface PoolAttributes {
  readonly filterSize: number | number[];
  readonly strides: number | number[];
  readonly pad: tf.MaxPoolAttrs["pad"];
  readonly dimRoundingMode?: tf.MaxPoolAttrs["dimRoundingMode"];
}

/** The windows along one axis. */
export interface Windows {
  /** The length of the input. */
  readonly input: number;
  /** How many windows there are. */
  readonly output: number;
  /** How many elements a window has. */
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** Padding before the first element, or the elements that no window reaches when negative. */
  readonly before: number;
}

/** Rows and columns. */
export function imageWindows(info: tf.backend_util.Conv2DInfo): readonly Windows[] {
  return [
    {
      input: info.inHeight,
      output: info.outHeight,
      kernel: info.filterHeight,
      stride: info.strideHeight,
      dilation: info.dilationHeight,
      before: info.padInfo.top,
    },
    {
      input: info.inWidth,
      output: info.outWidth,
      kernel: info.filterWidth,
      stride: info.strideWidth,
      dilation: info.dilationWidth,
      before: info.padInfo.left,
    },
  ];
}

/** Planes, rows and columns. */
export function volumeWindows(info: tf.backend_util.Conv3DInfo): readonly Windows[] {
  const { inHeight, inWidth, outHeight, outWidth, filterHeight, filterWidth, padInfo: { top, left } } = info;
  return [
    {
      input: info.inDepth,
      output: info.outDepth,
      kernel: info.filterDepth,
      stride: info.strideDepth,
      dilation: info.dilationDepth,
      before: info.padInfo.front,
    },
    {
      input: inHeight,
      output: outHeight,
      kernel: filterHeight,
      stride: info.strideHeight,
      dilation: info.dilationHeight,
      before: top,
    },
    {
      input: inWidth,
      output: outWidth,
      kernel: filterWidth,
      stride: info.strideWidth,
      dilation: info.dilationWidth,
      before: left,
    },
  ];
}

/** The elements from the first to the last of a window. */
export function reach({ kernel, dilation }: Windows): number {
  return (kernel - 1) * dilation + 1;
}

/** Padding behind the last element, or the elements that no window reaches when negative. */
export function after(axis: Windows): number {
  return (axis.output - 1) * axis.stride + reach(axis) - axis.input - axis.before;
}

/** What a rounding of the number of windows leaves over is no padding, and does no harm unless a window fits in. */
export function forwardPadding(axes: readonly Windows[]): readonly (readonly [number, number])[] {
  return axes.map((axis) => {
    const behind = after(axis);
    return [axis.before, behind < 0 && behind > -axis.stride ? 0 : behind];
  });
}

/** A value with channels first, cut where its padding is negative, and the padding in ONNX's order. */
export function bordered(
  graph: Graph,
  value: Value,
  padding: readonly (readonly [number, number])[],
): { value: Value; pads: number[] } {
  const pads = [0, 1].flatMap((side) => padding.map((pair) => Math.max(pair[side], 0)));
  const cut = [...padding.keys()].filter((axis) => padding[axis].some((length) => length < 0));
  if (cut.length === 0) return { value, pads };
  const begin = cut.map((axis) => Math.max(-padding[axis][0], 0));
  const end = cut.map((axis) => value.shape[axis + 2] - Math.max(-padding[axis][1], 0));
  const shape = [...value.shape];
  cut.forEach((axis, index) => shape[axis + 2] = end[index] - begin[index]);
  const limits = [begin, end, cut.map((axis) => axis + 2)].map((values) => graph.integers(values));
  return { value: graph.emit("Slice", [value, ...limits], { shape }), pads };
}

/**
 * The room for windows whose largest element is sought: ONNX Runtime pads a pooling by less than a window alone, so that what is more is
 * part of the value. `restore` takes a gradient of the value back to the input.
 */
export function roomFor(graph: Graph, x: Value, axes: readonly Windows[]) {
  const padding = forwardPadding(axes);
  const { value: cut, pads } = bordered(graph, x, padding);
  const surplus = axes.map(({ kernel }, axis) =>
    [axis, axis + axes.length].map((side) => Math.max(pads[side] - (kernel - 1), 0)) as [number, number]
  );
  const value = around(graph, cut, surplus, -Infinity);
  return {
    value,
    pads: pads.map((length, side) => length - surplus[side % axes.length][Math.floor(side / axes.length)]),
    restore(gradient: Value): Value {
      const inner = bordered(graph, gradient, surplus.map(([front, behind]) => [-front, -behind])).value;
      return zerosAround(
        graph,
        inner,
        padding.map(([front, behind]) => [Math.max(-front, 0), Math.max(-behind, 0)]),
      );
    },
  };
}

/** How many elements of the input a window has. */
export function inside(axis: Windows, window: number): number {
  const first = window * axis.stride - axis.before;
  return Math.max(Math.min(first + axis.kernel, axis.input) - Math.max(first, 0), 0);
}

/** A value with channels first and zeros around it. */
export function zerosAround(
  graph: Graph,
  value: Value,
  padding: readonly (readonly [number, number])[],
): Value {
  return around(graph, value, padding, 0);
}

function around(
  graph: Graph,
  value: Value,
  padding: readonly (readonly [number, number])[],
  fill: number,
): Value {
  if (padding.every((pair) => pair.every((length) => length === 0))) return value;
  const amounts = [[0, 0], [0, 0], ...padding];
  const pads = graph.integers([...amounts.map((pair) => pair[0]), ...amounts.map((pair) => pair[1])]);
  return graph.emit("Pad", [value, pads, graph.scalar(fill, value.type)], {
    shape: value.shape.map((length, axis) => length + amounts[axis][0] + amounts[axis][1]),
    attributes: { mode: "constant" },
  });
}
