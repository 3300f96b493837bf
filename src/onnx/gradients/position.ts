/**
 * Gradients of reading and writing at positions.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type ReplacedGradient, single, zeroFor } from "./replaced.ts";

const NONE = "TensorFlow.js has none";

/** The slices of the gradient, summed where they were read. */
const gather: ReplacedGradient = {
  why:
    "TensorFlow.js gives the positions themselves as their gradient, and takes no more than one axis of a batch",
  inputsToSave: ["x", "indices"],
  gradFunc(dy, [x, indices], attributes) {
    const [axis] = tf.util.parseAxisParam(Number(attributes.axis), x.shape);
    const given = Number(attributes.batchDims ?? 0), batch = given < 0 ? indices.rank + given : given;
    return {
      x: () => {
        const axes = [...x.shape.keys()], length = x.shape[axis];
        // The axis and the positions go behind the batch, so that one segment sum serves all of it.
        const order = axes.toSpliced(axis, 1).toSpliced(batch, 0, axis);
        const count = indices.rank - batch, between = axis - batch;
        const outer = [...single(dy).shape.keys()];
        const places = outer.slice(axis, axis + count);
        const front = outer.toSpliced(axis, count).toSpliced(batch, 0, ...places);
        const rest = order.slice(batch + 1).map((other) => x.shape[other]);
        const rows = x.shape.slice(0, batch).reduce((size, other) => size * other, 1);
        const slices = tf.reshape(between === 0 ? single(dy) : tf.transpose(single(dy), front), [
          indices.size,
          ...rest,
        ]);
        const starts = tf.reshape(tf.range(0, rows, 1, "int32"), [rows, 1]);
        const numbers = tf.add(tf.reshape(indices, [rows, -1]), tf.mul(starts, tf.scalar(length, "int32")));
        const sums = tf.unsortedSegmentSum(
          slices,
          tf.cast(tf.reshape(numbers, [-1]), "int32") as tf.Tensor1D,
          rows * length,
        );
        const turned = tf.reshape(sums, order.map((other) => x.shape[other]));
        return between === 0 ? turned : tf.transpose(turned, axes.map((_, other) => order.indexOf(other)));
      },
      indices: () => tf.zeros(indices.shape),
    };
  },
};

/** The gradient of each segment to its slices; nothing to slices of no segment. */
const segmentSum: ReplacedGradient = {
  why: "TensorFlow.js has none for the numbers of the segments, nor for slices whose number is too large",
  inputsToSave: ["segmentIds"],
  gradFunc(dy, [segmentIds], { numSegments }) {
    return {
      x: () => {
        const limit = tf.scalar(Number(numSegments) - 1, "int32"), zero = tf.scalar(0, "int32");
        const nearest = tf.maximum(tf.minimum(segmentIds, limit), zero);
        const inside = tf.cast(tf.equal(nearest, segmentIds), "float32");
        const slices = tf.gather(single(dy), nearest as tf.Tensor1D);
        const shape = slices.shape.map((length, axis) => axis < segmentIds.rank ? length : 1);
        return tf.mul(slices, tf.reshape(inside, shape));
      },
      segmentIds: () => tf.zeros(segmentIds.shape),
    };
  },
};

/** Gradients of operations at positions by kernel. */
export const POSITION = {
  Diag: {
    why: NONE,
    inputsToSave: ["x"],
    gradFunc: (dy, [x]) => ({
      x: () => {
        const places = tf.range(0, x.size, 1, "int32").mul(tf.scalar(x.size + 1, "int32")) as tf.Tensor1D;
        return tf.reshape(tf.gather(tf.reshape(single(dy), [-1]), places), x.shape);
      },
    }),
  },
  GatherV2: gather,
  UnsortedSegmentSum: segmentSum,
  GatherNd: {
    why: NONE,
    inputsToSave: ["params", "indices"],
    gradFunc: (dy, [params, indices]) => ({
      params: () => tf.scatterND(tf.cast(indices, "int32"), single(dy), params.shape),
      indices: () => tf.zeros(indices.shape),
    }),
  },
  ScatterNd: {
    why: NONE,
    inputsToSave: ["indices"],
    gradFunc: (dy, [indices]) => ({
      indices: () => tf.zeros(indices.shape),
      updates: () => tf.gatherND(single(dy), rowsOf(indices)),
    }),
  },
  SearchSorted: { why: NONE, ...zeroFor("sortedSequence", "values") },
  SparseToDense: {
    why: NONE,
    inputsToSave: ["sparseIndices", "sparseValues"],
    gradFunc(dy, [indices, values]) {
      const read = () => tf.gatherND(single(dy), rowsOf(indices));
      return {
        sparseIndices: () => tf.zeros(indices.shape),
        sparseValues: () => values.rank === 0 ? tf.sum(read()) : tf.reshape(read(), values.shape),
        defaultValue: () => tf.sub(tf.sum(single(dy)), tf.sum(read())),
      };
    },
  },
  TensorScatterUpdate: {
    why: NONE,
    inputsToSave: ["indices", "updates"],
    gradFunc: (dy, [indices, updates]) => ({
      // The cpu backend of TensorFlow.js writes an update into the tensor itself, so that none is used here.
      tensor: () => {
        const written = tf.scatterND(rowsOf(indices), tf.ones(updates.shape), single(dy).shape);
        return tf.where(tf.greater(written, 0), tf.zerosLike(single(dy)), single(dy));
      },
      indices: () => tf.zeros(indices.shape),
      updates: () => tf.gatherND(single(dy), rowsOf(indices)),
    }),
  },
  /** To the places where the largest were; the second output has no gradient. */
  TopK: {
    why: NONE,
    inputsToSave: ["x"],
    outputsToSave: [false, true],
    gradFunc(dys, [x, indices]) {
      const [dy] = [dys].flat(), [length, k] = [x.shape, indices.shape].map((shape) => shape.at(-1) ?? 1);
      return {
        x: () => {
          const rows = indices.size / Math.max(k, 1);
          const starts = tf.reshape(tf.mul(tf.range(0, rows, 1, "int32"), tf.scalar(length, "int32")), [
            rows,
            1,
          ]);
          const places = tf.reshape(tf.add(tf.reshape(indices, [rows, k]), starts), [-1, 1]);
          return tf.reshape(tf.scatterND(tf.cast(places, "int32"), tf.reshape(dy, [-1]), [x.size]), x.shape);
        },
      };
    },
  },
} as const satisfies Record<string, ReplacedGradient>;

/** One position a row, where a vector gives single ones. */
function rowsOf(indices: tf.Tensor): tf.Tensor {
  const whole = tf.cast(indices, "int32");
  return indices.rank > 1 ? whole : tf.reshape(whole, [indices.size, 1]);
}
