/**
 * What a pretext objective is: windows to rows with targets, and a loss over the logits of its heads.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Stream } from "../random/stream.ts";

/** A head that the objective puts on the encoder's features. */
export interface ObjectiveHead {
  /** What its logits are about; unique in the objective. */
  readonly name: string;
  /** Logits that it gives. */
  readonly outputs: number;
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  /** What follows each hidden layer. */
  readonly activation: "relu" | "leaky-relu";
  /** Share of hidden units dropped in training. */
  readonly dropout: number;
}

/** What a network is to read, and what it is to answer. */
export interface ObjectiveRows {
  /** `[rows, time]`. */
  readonly windows: Float32Array;
  /** `[rows, outputs of all heads]`. */
  readonly targets: Float32Array;
  /** How many there are. */
  readonly rows: number;
}

/** How well one transformation is recognised; null where a class is absent. */
export interface RecognitionScore {
  /** Its name; `original` is a row left as it was. */
  readonly transformation: string;
  /** Mean of recall and specificity. */
  readonly balancedAccuracy: number | null;
  /** Harmonic mean of precision and recall. */
  readonly f1: number | null;
}

/** An objective with its parameters. */
export interface Objective {
  /** Its heads, in the order of the columns of targets and logits. */
  readonly heads: readonly ObjectiveHead[];
  /** Rows that one window becomes. */
  readonly rowsPerWindow: number;
  /** The factor of half the sum of squared kernels in the loss. */
  readonly l2: number;
  /** Makes the rows of some windows, `[count, time]`; the same stream gives the same rows. */
  rows(windows: Float32Array, options: { count: number; stream: Stream }): ObjectiveRows;
  /** The sum over rows of weight times loss. Logits and targets are `[rows, outputs of all heads]`, weights `[rows]`. */
  loss(logits: tf.Tensor2D, options: { targets: tf.Tensor2D; weights: tf.Tensor1D }): tf.Scalar;
  /** Scores on people set aside, from logits and targets of many rows. */
  scores(logits: Float32Array, options: { targets: Float32Array }): readonly RecognitionScore[];
  /** One randomly changed window, `[time]`, for supervised learning with the same transformations; it may be the argument itself. */
  augment(window: Float32Array, options: { stream: Stream }): Float32Array;
}

/** Logits of all heads together. */
export function outputsOf({ heads }: Objective): number {
  return heads.reduce((sum, { outputs }) => sum + outputs, 0);
}

/** The implementation of an objective. */
export interface ObjectiveSource<Parameters> {
  /** Makes the objective. */
  create(parameters: Parameters): Objective;
}
