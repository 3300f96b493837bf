/**
 * Pooling of images and volumes, and its gradients.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { cast, pointwise, reshape } from "../graph/arrange.ts";
import { type Graph, sameShape, sizeOf, type Value } from "../graph/graph.ts";
import {
  type Call,
  channelsFirst,
  channelsFirstValue,
  filled,
  type Operand,
  plainValue,
} from "../graph/operand.ts";
import { convolve, inputGradient } from "./grouped_convolution.ts";
import { lyingDown } from "./signal_pooling.ts";
import {
  bordered,
  forwardPadding,
  imageWindows,
  inside,
  type PoolAttributes,
  roomFor,
  volumeWindows,
  type Windows,
  zerosAround,
} from "./windows.ts";

/** The windows, and the shape that the pooling gives, channels last. */
interface Sized {
  readonly axes: readonly Windows[];
  readonly shape: readonly number[];
}

/** Works out where the windows lie, from the input's shape. */
type Geometry = (input: readonly number[], attributes: PoolAttributes) => Sized;

/** The lowerings of pooling in some number of axes. */
function kind(geometry: Geometry) {
  return {
    /** The largest element of each window. */
    max({ graph, inputs: { x }, attributes }: Call<PoolAttributes>): Operand {
      const sized = geometry(x.shape, attributes);
      if (isIdentity(x, sized)) return x;
      const value = cast(graph, channelsFirstValue(graph, x), "float32");
      const { values } = largest(graph, value, sized.axes);
      return channelsFirst(cast(graph, values, x.dtype), sized.shape);
    },
    /**
     * The gradient of max-pooling: each window's gradient goes to its first largest element.
     *
     * The pooling that it names is the one of the forward pass, since equal nodes are one; MaxUnpool would be wrong where windows overlap.
     */
    maxGradient({ graph, inputs: { dy, input }, attributes }: Call<PoolAttributes>): Operand {
      const sized = geometry(input.shape, attributes);
      if (isIdentity(input, sized)) return dy;
      const { positions, room } = largest(graph, channelsFirstValue(graph, input), sized.axes);
      const gradient = channelsFirstValue(graph, dy);
      const size = [sizeOf(room.value.shape)], count = [sizeOf(gradient.shape)];
      const inputs = [
        plainValue(graph, filled(0, size, "float32")),
        reshape(graph, positions, count),
        reshape(graph, gradient, count),
      ];
      const attributesOfScatter = { axis: 0, reduction: "add" };
      const scattered = graph.emit("ScatterElements", inputs, {
        shape: size,
        attributes: attributesOfScatter,
      });
      return channelsFirst(room.restore(reshape(graph, scattered, room.value.shape)), input.shape);
    },
    /** The mean of each window; padding counts for nothing. */
    average({ graph, inputs: { x }, attributes }: Call<PoolAttributes>): Operand {
      const sized = geometry(x.shape, attributes), { axes } = sized;
      if (isIdentity(x, sized)) return x;
      const value = channelsFirstValue(graph, x), channels = x.shape[x.shape.length - 1];
      const padding = forwardPadding(axes);
      // ONNX Runtime pads a pooling by less than a window alone; a convolution sums what lies under any window.
      if (padding.some((pair, index) => Math.max(...pair) >= axes[index].kernel)) {
        const sums = convolve(graph, value, ones(graph, axes, channels), { axes, groups: channels });
        return channelsFirst(pointwise(graph, "Div", [sums, counts(graph, axes)]), sized.shape);
      }
      const { value: cut, pads } = bordered(graph, value, padding);
      const mean = graph.emit("AveragePool", [cut], {
        shape: [...cut.shape.slice(0, 2), ...axes.map((axis) => axis.output)],
        attributes: { ...windowAttributes(axes), pads, "count_include_pad": 0 },
      });
      return channelsFirst(mean, sized.shape);
    },
    /**
     * The gradient of average-pooling: each window's gradient over its elements in equal shares.
     *
     * A window at the border has fewer elements, and they share by that number. The `cpu` backend of TensorFlow.js divides by the size
     * of the window there, which is not the gradient of what it computes forward.
     */
    averageGradient({ graph, inputs: { dy, input }, attributes }: Call<PoolAttributes>): Operand {
      const sized = geometry(input.shape, attributes), { axes } = sized;
      if (isIdentity(input, sized)) return dy;
      const shares = pointwise(graph, "Div", [channelsFirstValue(graph, dy), counts(graph, axes)]);
      return channelsFirst(spread(graph, shares, axes), input.shape);
    },
  };
}

/** TensorFlow.js returns its input wherever windows of one element keep the shape. */
function isIdentity(x: Operand, { axes, shape }: Sized): boolean {
  return axes.every((axis) => axis.kernel === 1) && sameShape(x.shape, shape);
}

/** The largest element of each window, with its position among all elements of `room.value`. */
export function largest(graph: Graph, x: Value, axes: readonly Windows[]) {
  const room = roomFor(graph, x, axes);
  const shape = [...room.value.shape.slice(0, 2), ...axes.map((axis) => axis.output)];
  const [values, positions] = graph.emitSeveral("MaxPool", [room.value], [
    { shape, attributes: { ...windowAttributes(axes), pads: room.pads } },
    { shape, type: "int64" },
  ]);
  return { values, positions, room };
}

function windowAttributes(axes: readonly Windows[]) {
  return { "kernel_shape": axes.map((axis) => axis.kernel), strides: axes.map((axis) => axis.stride) };
}

/** How many elements of the input each window has, at least 1. */
function counts(graph: Graph, axes: readonly Windows[]): Value {
  const shape = axes.map((axis) => axis.output);
  const alongAxes = axes.map((axis) =>
    Array.from({ length: axis.output }, (_, window) => inside(axis, window))
  );
  const products = alongAxes.reduce(
    (outer, lengths) => outer.flatMap((product) => lengths.map((length) => product * length)),
    [1],
  );
  const elements = Float32Array.from(products, (count) => Math.max(count, 1));
  return graph.constant(elements, { type: "float32", shape: [1, 1, ...shape] });
}

/** The sum, for each element of the input, of the shares of the windows that it is in. */
function spread(graph: Graph, shares: Value, axes: readonly Windows[]): Value {
  const [batch, channels, ...windows] = shares.shape;
  if (axes.every((axis) => axis.stride === axis.kernel && axis.before === 0)) {
    const lengths = axes.map((axis) => axis.output * axis.kernel);
    const rests = axes.map((axis, index) => axis.input - lengths[index]);
    if (rests.every((rest) => rest >= 0)) {
      const apart = reshape(graph, shares, [batch, channels, ...windows.flatMap((count) => [count, 1])]);
      const shape = [batch, channels, ...axes.flatMap((axis) => [axis.output, axis.kernel])];
      const repeated = graph.emit("Expand", [apart, graph.integers(shape)], { shape });
      const whole = reshape(graph, repeated, [batch, channels, ...lengths]);
      return zerosAround(graph, whole, rests.map((rest) => [0, rest]));
    }
  }
  return inputGradient(graph, shares, ones(graph, axes, channels), { axes, groups: channels });
}

/** A filter that sums each channel. */
function ones(graph: Graph, axes: readonly Windows[], channels: number): Value {
  return plainValue(graph, filled(1, [...axes.map((axis) => axis.kernel), channels, 1], "float32"));
}

const upright = kind((input, { filterSize, strides, pad, dimRoundingMode }) => {
  const [batch, height, width, channels] = input;
  const info = tf.backend_util.computePool2DInfo(
    [batch, height, width, channels],
    pair(filterSize),
    pair(strides),
    1,
    pad,
    dimRoundingMode,
  );
  return { axes: imageWindows(info), shape: info.outShape };
});

/** Of `[batch, height, width, channel]`. */
export const image = {
  max: lyingDown(upright.max),
  maxGradient: lyingDown(upright.maxGradient),
  average: lyingDown(upright.average),
  averageGradient: lyingDown(upright.averageGradient),
};

/** Of `[batch, depth, height, width, channel]`. */
export const volume = kind((input, { filterSize, strides, pad, dimRoundingMode }) => {
  if (typeof pad === "object") {
    throw new TypeError(`Cannot pool a volume: its padding must be same, valid or a number, got ${pad}`);
  }
  const [batch, depth, height, width, channels] = input;
  const info = tf.backend_util.computePool3DInfo(
    [batch, depth, height, width, channels],
    triple(filterSize),
    triple(strides),
    1,
    pad,
    dimRoundingMode,
  );
  return { axes: volumeWindows(info), shape: info.outShape };
});

function pair(values: number | number[]): [number, number] {
  return Array.isArray(values) ? [values[0], values[1]] : [values, values];
}

function triple(values: number | number[]): [number, number, number] {
  return Array.isArray(values) ? [values[0], values[1], values[2]] : [values, values, values];
}
