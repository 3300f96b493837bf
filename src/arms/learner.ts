/**
 * What an arm trains: a classifier as a whole, or its head on features.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { RowReader } from "../formats/rows.ts";
import { forward } from "../models/forward.ts";
import type { Network } from "../models/architecture.ts";
import { namedWeights } from "../models/weights.ts";

/** The part of a classifier that learns, and what it reads. */
export interface Learner {
  /** What it learns from. */
  readonly rows: RowReader;
  /** The shape of one row as the network reads it. */
  readonly rowShape: readonly number[];
  /** The weights that learn. */
  readonly variables: tf.Variable[];
  /** Logits `[batch, classes]` of rows `[batch, ...rowShape]`; dropout works in training alone. */
  logits(rows: tf.Tensor, options: { training: boolean }): tf.Tensor2D;
}

/** Learns with every weight, from windows `[windows, samples]`. */
export function wholeNetwork({ encoder, head }: Network, windows: RowReader): Learner {
  return {
    rows: windows,
    rowShape: [windows.columns, 1],
    variables: [encoder, head].flatMap((model) => Object.values(namedWeights(model))),
    logits: (rows, { training }) => forward(head, { rows: forward(encoder, { rows, training }), training }),
  };
}

/** Learns with the head alone, from features `[windows, features]`; the encoder is not even read. */
export function headAlone({ head }: Network, features: RowReader): Learner {
  return {
    rows: features,
    rowShape: [features.columns],
    variables: Object.values(namedWeights(head)),
    logits: (rows, { training }) => forward(head, { rows, training }),
  };
}
