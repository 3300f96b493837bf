/** Functions without weights, of `[batch, time, channel]` unless they say otherwise. */
import * as tf from "@tensorflow/tfjs";
import type { Config } from "./network.ts";

type Operation = (x: tf.Tensor, config: Config) => tf.Tensor;

const REDUCTIONS = {
  mean: tf.mean,
  max: tf.max,
  min: tf.min,
  sum: tf.sum,
  logSumExp: tf.logSumExp,
  norm: (x: tf.Tensor, axis: number) => tf.norm(x, "euclidean", axis),
  deviation: (x: tf.Tensor, axis: number) => tf.sqrt(tf.add(tf.moments(x, axis).variance, 1e-3)),
} as const;

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  pad: (x, { before, after }) => tf.pad(x, [[0, 0], [Number(before), Number(after)], [0, 0]]),
  mirror: (x, { before, after, mode }) =>
    tf.mirrorPad(x, [[0, 0], [Number(before), Number(after)], [0, 0]], mode as "reflect" | "symmetric"),
  crop: (x, { from, count }) => tf.slice(x, [0, Number(from), 0], [-1, Number(count), -1]),
  everyOther: (x) => tf.stridedSlice(x, [0, 0, 0], x.shape, [1, 2, 1]),
  flip: (x) => tf.reverse(x, 1),
  cumulativeSum: (x, { exclusive, reverse }) =>
    tf.mul(0.2, tf.cumsum(x, 1, Boolean(exclusive), Boolean(reverse))),
  gate: (x) => {
    const [value, gate] = tf.split(x, 2, 2);
    return tf.mul(value, tf.sigmoid(gate));
  },
  reorder: (x, { order }) => tf.gather(x, tf.tensor1d([...order as number[]], "int32"), 2),
  standardize: (x) => {
    const { mean, variance } = tf.moments(x, 1, true);
    return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-3)));
  },
  alternate: (x) => {
    const [first, ...rest] = tf.unstack(x, 2);
    return tf.stack([...rest, first], 2);
  },
  largest: (x, { k }) => {
    const turned = tf.transpose(x, [0, 2, 1]);
    return tf.transpose(tf.topk(turned, Number(k)).values, [0, 2, 1]);
  },
  choose: (x) => tf.where(tf.greater(x, 0.1), tf.square(x), tf.mul(x, 0.1)),
  /** To `[batch, channel]`. */
  reduce: (x, { by }) => REDUCTIONS[by as keyof typeof REDUCTIONS](x, 1),
};
