/**
 * The objective `transformation-recognition`: tell which transformation a window went through.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { z } from "zod";
import type { Stream } from "../random/stream.ts";
import type { ObjectiveSource } from "./objective.ts";
import { recognitionScores } from "./recognition_scores.ts";
import type { TransformationRecognitionParameters as Parameters } from "./transformation_recognition_schema.ts";
import { TRANSFORMATION_NAMES, type TransformationRow, TRANSFORMATIONS } from "./transformations/table.ts";

/** One version of a window: its name, its share of the loss, and how it is made. */
interface Version {
  readonly name: string;
  readonly weight: number;
  make(window: Float32Array, stream: Stream): Float32Array;
}

/** The original, then the transformations in the order of their table, whatever their order in the manifest. */
function versions({ original, transformations }: Parameters): Version[] {
  return [
    { name: "original", weight: original.weight, make: (window) => window },
    ...TRANSFORMATION_NAMES.flatMap((name) => {
      const parameters = transformations[name];
      const row: TransformationRow<z.ZodType> = TRANSFORMATIONS[name];
      return parameters === undefined ? [] : [{
        name,
        weight: parameters.weight,
        make: (window: Float32Array, stream: Stream) => row.apply(window, parameters, stream),
      }];
    }),
  ];
}

/**
 * Each window becomes 1 + T rows, itself and its T transformations, shuffled together; a head for each says whether a row is its own.
 *
 * A row's loss is Σ_h w_h · (softplus(z_h) - y_h · z_h), the sigmoid cross-entropy of every head h with logit z_h and target y_h ∈ {0, 1},
 * weighted; the mean over rows is taken with weights 1 / rows. The weights w_h belong to names (0.195; 0.0125 for negate and reverse),
 * and are not rescaled when a transformation is left out.
 *
 * Every transformation draws from a stream of its own, so leaving one out changes no other.
 *
 * Source: Sarkar and Etemad (2020), arXiv 2002.03898, and the authors' code.
 */
export const transformationRecognition: ObjectiveSource<Parameters> = {
  create(parameters) {
    const kinds = versions(parameters), names = kinds.map(({ name }) => name);
    const { hidden, dropout } = parameters.head;
    return {
      heads: names.map((name) => ({ name, outputs: 1, hidden, dropout, activation: "leaky-relu" })),
      rowsPerWindow: kinds.length,
      l2: parameters.l2,
      rows(windows, { count, stream }) {
        const streams = names.map((name) => stream.child(name));
        const samples = windows.length / count, rows = count * kinds.length;
        const order = stream.child("rows").shuffle(Array(rows).keys());
        const transformed = new Float32Array(rows * samples), targets = new Float32Array(rows * kinds.length);
        for (let index = 0; index < count; index++) {
          const window = windows.subarray(index * samples, (index + 1) * samples);
          kinds.forEach(({ make }, kind) => {
            const row = order[index * kinds.length + kind];
            transformed.set(make(window, streams[kind]), row * samples);
            targets[row * kinds.length + kind] = 1;
          });
        }
        return { windows: transformed, targets, rows };
      },
      loss(logits, { targets, weights }) {
        const crossEntropy = tf.softplus(logits).sub(targets.mul(logits));
        const heads = tf.tensor1d(kinds.map(({ weight }) => weight));
        return crossEntropy.mul(heads).sum(1).mul(weights).sum().asScalar();
      },
      scores: (logits, { targets }) => recognitionScores(logits, { targets, names }),
      augment: (window, { stream }) => kinds[stream.integer(kinds.length)].make(window, stream),
    };
  },
};
