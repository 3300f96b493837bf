/**
 * The network of a pretext objective: an encoder with the heads of the objective on it.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { featuresOf } from "../models/architecture.ts";
import { forward } from "../models/forward.ts";
import { buildHead } from "../models/head.ts";
import { initializeWeights } from "../models/initialize.ts";
import { namedWeights } from "../models/weights.ts";
import type { Objective } from "../pretext/objective.ts";
import type { Stream } from "../random/stream.ts";

/** An encoder with heads. */
export interface PretextNetwork {
  /** The weights of encoder and heads by name; those of a head begin with its name, `noise_hidden1/kernel`. */
  readonly weights: Readonly<Record<string, tf.Variable>>;
  /** The logits of all heads side by side, from windows `[batch, time, 1]`. */
  logits(windows: tf.Tensor, options: { training: boolean }): tf.Tensor2D;
}

/** Puts the heads of an objective on an encoder; their first weights come from `stream`. */
export function buildPretextNetwork(
  encoder: tf.LayersModel,
  { objective, stream }: { objective: Objective; stream: Stream },
): PretextNetwork {
  const heads = objective.heads.map(({ name, ...sizes }) => {
    const head = buildHead({ ...sizes, features: featuresOf(encoder), prefix: `${name}_` });
    initializeWeights(head, stream);
    return head;
  });
  return {
    weights: Object.assign({}, ...[encoder, ...heads].map(namedWeights)),
    logits(windows, { training }) {
      const features = forward(encoder, { rows: windows, training });
      return tf.concat2d(heads.map((head) => forward(head, { rows: features, training })), 1);
    },
  };
}
