/**
 * Gradients of operations that move or repeat elements.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type ReplacedGradient, single } from "./replaced.ts";

/** What lies beyond the border is folded back onto the elements that it mirrors. */
const mirrorPad: ReplacedGradient = {
  why: "TensorFlow.js leaves out what the border adds",
  inputsToSave: ["x"],
  gradFunc(dy, [x], attributes) {
    const paddings = attributes.paddings as [number, number][];
    const edge = attributes.mode === "reflect" ? 1 : 0;
    return {
      x: () =>
        paddings.reduce((gradient, [before, after], axis) => {
          if (before === 0 && after === 0) return gradient;
          const length = x.shape[axis];
          const folded = (from: number, count: number, place: number) => {
            const mirrored = tf.reverse(along(gradient, axis, { from, count }), axis);
            return padded(mirrored, axis, [place, length - place - count]);
          };
          const inner = along(gradient, axis, { from: before, count: length });
          return tf.add(
            tf.add(inner, folded(0, before, edge)),
            folded(before + length, after, length - after - edge),
          );
        }, single(dy)),
    };
  },
};

/** Each element of the gradient goes to where it was read, zeros lie between. */
const stridedSlice: ReplacedGradient = {
  why: "TensorFlow.js has none",
  inputsToSave: ["x"],
  gradFunc(dy, [x], attributes) {
    const { beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes;
    const { begin, end, strides } = tf.slice_util.sliceInfo(
      x.shape,
      attributes.begin as number[],
      attributes.end as number[],
      attributes.strides as number[],
      Number(beginMask),
      Number(endMask),
      Number(ellipsisMask),
      Number(newAxisMask),
      Number(shrinkAxisMask),
    );
    return {
      x: () => {
        const read = tf.reshape(single(dy), tf.slice_util.computeOutShape(begin, end, strides));
        return strides.reduce((gradient, stride, axis) => {
          const count = gradient.shape[axis], distance = Math.abs(stride);
          const first = stride < 0 ? begin[axis] + (count - 1) * stride : begin[axis];
          const spread = apart(stride < 0 ? tf.reverse(gradient, axis) : gradient, axis, distance);
          return padded(spread, axis, [first, x.shape[axis] - first - spread.shape[axis]]);
        }, read);
      },
    };
  },
};

/** The sum over the copies. */
const tile: ReplacedGradient = {
  why: "TensorFlow.js has none for more than four axes, and slices out every copy",
  inputsToSave: ["x"],
  gradFunc(dy, [x], attributes) {
    const reps = attributes.reps as number[];
    const repeated = [...x.shape.keys()].filter((axis) => reps[axis] > 1);
    if (repeated.every((axis) => x.shape[axis] === 1)) return { x: () => tf.sum(single(dy), repeated, true) };
    const copies = x.shape.flatMap((length, axis) => [reps[axis], length]);
    return { x: () => tf.sum(tf.reshape(single(dy), copies), x.shape.map((_, axis) => 2 * axis)) };
  },
};

/** Gradients of arrangements by kernel. */
export const ARRANGEMENT = {
  MirrorPad: mirrorPad,
  StridedSlice: stridedSlice,
  Tile: tile,
} as const satisfies Record<string, ReplacedGradient>;

/** Some elements of one axis. */
function along(
  tensor: tf.Tensor,
  axis: number,
  { from, count }: { readonly from: number; readonly count: number },
): tf.Tensor {
  const begin = tensor.shape.map((_, other) => other === axis ? from : 0);
  return tf.slice(tensor, begin, tensor.shape.with(axis, count));
}

/** Zeros around one axis. */
function padded(tensor: tf.Tensor, axis: number, amounts: [number, number]): tf.Tensor {
  if (amounts.every((amount) => amount === 0)) return tensor;
  return tf.pad(tensor, tensor.shape.map((_, other) => other === axis ? amounts : [0, 0]));
}

/** The elements of one axis at a distance, zeros between. */
function apart(tensor: tf.Tensor, axis: number, distance: number): tf.Tensor {
  const count = tensor.shape[axis];
  if (distance === 1 || count < 2) return tensor;
  const column = tf.reshape(tensor, tensor.shape.toSpliced(axis + 1, 0, 1));
  const rows = tf.reshape(
    padded(column, axis + 1, [0, distance - 1]),
    tensor.shape.with(axis, count * distance),
  );
  return along(rows, axis, { from: 0, count: (count - 1) * distance + 1 });
}
