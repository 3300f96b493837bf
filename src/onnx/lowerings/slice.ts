/**
 * Parts of tensors, and tensors made of parts.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { reshape } from "../graph/arrange.ts";
import type { Graph } from "../graph/graph.ts";
import {
  type Call,
  channelsFirst,
  channelsFirstAxes,
  channelsFirstShape,
  channelsFirstValue,
  filled,
  isChannelsFirst,
  type Operand,
  plain,
  plainValue,
} from "../graph/operand.ts";

/** Where a slice begins and ends on each axis, and its step. */
interface Range {
  readonly begin: readonly number[];
  readonly end: readonly number[];
  readonly step: readonly number[];
}

/** A block of elements. */
export function slice({ graph, inputs: { x }, attributes }: Call<tf.SliceAttrs>): Operand {
  const { begin: from, size: lengths } = attributes;
  const [begin, size] = tf.slice_util.parseSliceParams(placeholder(x), from, lengths);
  tf.slice_util.assertParamsValid(placeholder(x), begin, size);
  const end = begin.map((first, axis) => first + size[axis]);
  return sliced(graph, x, { begin, end, step: begin.map(() => 1) }, size);
}

/** Elements at regular distances, as NumPy's `begin:end:stride`. */
export function stridedSlice({ graph, inputs: { x }, attributes }: Call<tf.StridedSliceAttrs>): Operand {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes;
  const info = tf.slice_util.sliceInfo(
    [...x.shape],
    begin,
    end,
    strides,
    beginMask,
    endMask,
    ellipsisMask,
    newAxisMask,
    shrinkAxisMask,
  );
  const range = { begin: info.begin, end: info.end, step: info.strides };
  // The length of an empty range may be a negative zero.
  const positive = (lengths: readonly number[]) => lengths.map((length) => length + 0);
  const shape = positive(tf.slice_util.computeOutShape(info.begin, info.end, info.strides));
  const part = plainValue(graph, sliced(graph, x, range, shape));
  return plain(reshape(graph, part, positive(info.finalShape)));
}

/** The elements of some axes from last to first. */
export function reverse({ graph, inputs: { x }, attributes: { dims } }: Call<tf.ReverseAttrs>): Operand {
  const axes = tf.util.parseAxisParam(dims, [...x.shape]).filter((axis) => x.shape[axis] > 1);
  const begin = x.shape.map((_, axis) => axes.includes(axis) ? x.shape[axis] - 1 : 0);
  const end = x.shape.map((length, axis) => axes.includes(axis) ? -1 : length);
  const step = x.shape.map((_, axis) => axes.includes(axis) ? -1 : 1);
  return sliced(graph, x, { begin, end, step }, x.shape);
}

/** Pieces that lie side by side on an axis. */
export function split({ graph, inputs: { x }, attributes }: Call<tf.SplitVAttrs>): Operand[] {
  const [axis] = tf.util.parseAxisParam(attributes.axis, [...x.shape]);
  const sizes = tf.backend_util.prepareSplitSize(placeholder(x), attributes.numOrSizeSplits, axis);
  let first = 0;
  return sizes.map((length) => {
    const begin = x.shape.map((_, other) => other === axis ? first : 0);
    const size = x.shape.with(axis, length);
    first += length;
    const end = begin.map((start, other) => start + size[other]);
    return sliced(graph, x, { begin, end, step: begin.map(() => 1) }, size);
  });
}

/** The slices of length 1 on an axis, without it. */
export function unpack({ graph, inputs: { value: x }, attributes }: Call<tf.UnpackAttrs>): Operand[] {
  const [axis] = tf.util.parseAxisParam(attributes.axis, [...x.shape]);
  const pieces = split({ graph, inputs: { x }, attributes: { axis, numOrSizeSplits: x.shape[axis] } });
  const shape = x.shape.toSpliced(axis, 1);
  return pieces.map((piece) => plain(reshape(graph, plainValue(graph, piece), shape)));
}

/** Tensors side by side on an axis. */
export function concatenate({ graph, inputs, attributes }: Call<tf.ConcatAttrs>): Operand {
  const given = Object.values(inputs), shapes = given.map((part) => [...part.shape]);
  const [axis] = tf.util.parseAxisParam(attributes.axis, shapes[0]);
  tf.backend_util.assertParamsConsistent(shapes, axis);
  const shape = tf.backend_util.computeOutShape(shapes, axis);
  if (shape.includes(0)) return filled(0, shape, given[0].dtype);
  const parts = given.filter((part) => !part.shape.includes(0));
  if (parts.length === 1) return parts[0];
  if (parts.some(isChannelsFirst)) {
    const values = parts.map((part) => channelsFirstValue(graph, part));
    const attributes = { axis: channelsFirstAxes(shape.length)[axis] };
    return channelsFirst(
      graph.emit("Concat", values, { shape: channelsFirstShape(shape), attributes }),
      shape,
    );
  }
  const values = parts.map((part) => plainValue(graph, part));
  return plain(graph.emit("Concat", values, { shape, attributes: { axis } }));
}

/** Tensors of one shape side by side on a new axis. */
export function pack({ graph, inputs, attributes: { axis } }: Call<tf.PackAttrs>): Operand {
  const parts = Object.values(inputs), [{ shape: own, dtype }] = parts;
  for (const part of parts) {
    tf.util.assertShapesMatch([...own], [...part.shape], "Cannot stack tensors: ");
    if (part.dtype !== dtype) {
      throw new TypeError(`Cannot stack tensors: their types must be equal, got ${dtype} and ${part.dtype}`);
    }
  }
  const place = axis < 0 ? own.length + 1 + axis : axis;
  const shape = own.toSpliced(place, 0, 1);
  const values = parts.map((part) => plain(reshape(graph, plainValue(graph, part), shape)));
  return concatenate({ graph, inputs: Object.fromEntries(values.entries()), attributes: { axis: place } });
}

/** Elements of one value around a tensor. */
export function pad({ graph, inputs: { x }, attributes }: Call<tf.PadV2Attrs>): Operand {
  const { paddings, constantValue } = attributes;
  const grown = x.shape.map((length, axis) => length + paddings[axis][0] + paddings[axis][1]);
  const first = isChannelsFirst(x);
  const value = first ? channelsFirstValue(graph, x) : plainValue(graph, x);
  const amounts: (readonly [number, number])[] = value.shape.map(() => [0, 0]);
  const places = first ? channelsFirstAxes(x.shape.length) : x.shape.map((_, axis) => axis);
  places.forEach((place, axis) => amounts[place] = paddings[axis]);
  const pads = graph.integers([...amounts.map(([before]) => before), ...amounts.map(([, after]) => after)]);
  const inputs = [value, pads, graph.scalar(constantValue, x.dtype)];
  const shape = first ? channelsFirstShape(grown) : grown;
  const result = graph.emit("Pad", inputs, { shape, attributes: { mode: "constant" } });
  return first ? channelsFirst(result, grown) : plain(result);
}

function sliced(graph: Graph, x: Operand, range: Range, shape: readonly number[]): Operand {
  if (x.content.kind === "filled") return { ...x, shape };
  const cut = x.shape.map((_, axis) => axis).filter((axis) =>
    range.step[axis] !== 1 || range.begin[axis] !== 0 || shape[axis] !== x.shape[axis]
  );
  if (cut.length === 0) return x;
  const first = isChannelsFirst(x);
  const places = channelsFirstAxes(x.shape.length);
  const limits = [
    cut.map((axis) => range.begin[axis]),
    // Backwards to the first element there is no index to end before.
    cut.map((axis) => range.step[axis] < 0 && range.end[axis] < 0 ? -(2 ** 31) : range.end[axis]),
    cut.map((axis) => first ? places[axis] : axis),
    cut.map((axis) => range.step[axis]),
  ].map((values) => graph.integers(values));
  const value = first ? channelsFirstValue(graph, x) : plainValue(graph, x);
  const result = graph.emit("Slice", [value, ...limits], {
    shape: first ? channelsFirstShape(shape) : shape,
  });
  return first ? channelsFirst(result, shape) : plain(result);
}

/** TensorFlow.js's own arithmetic of slices looks at nothing but the shape of a tensor. */
export function placeholder(x: Operand): tf.Tensor {
  return new tf.Tensor([...x.shape], x.dtype, {}, -1);
}
