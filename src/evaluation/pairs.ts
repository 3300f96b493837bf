/**
 * Which of a person's two recordings is the positive one.
 *
 * @module
 */
import { recordingOfWindow } from "../formats/window_table.ts";
import { meanDefined } from "./average.ts";
import type { Prediction } from "./results.ts";

/** Means of probabilities that are this close differ by rounding alone. */
const ROUNDING = 1e-12;

/**
 * Whether one person's positive recording is told from the other: 1 when the mean probability of the last class over its
 * windows is above that of the other recording, 0.5 when they are equal (to 1e-12), 0 when it is below.
 *
 * It is defined for a person with exactly two recordings among the predictions, each of one class, one of each of two
 * classes; otherwise null. Throws SyntaxError for the id of a window that names no recording.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const predictions = [
 *   { window: "d/a/1/rest@0+8", truth: 0, probabilities: [0.9, 0.1] },
 *   { window: "d/a/1/rest@8+8", truth: 0, probabilities: [0.1, 0.9] },
 *   { window: "d/a/1/exam@0+8", truth: 1, probabilities: [0.4, 0.6] },
 * ];
 * assert.equal(pairedRecordings(predictions, { classes: 2 }), 1); // 0.6 is above 0.5
 * ```
 */
export function pairedRecordings(
  predictions: readonly Pick<Prediction, "window" | "truth" | "probabilities">[],
  { classes }: { readonly classes: number },
): number | null {
  if (classes !== 2) return null;
  const recordings = Map.groupBy(predictions, ({ window }) => recordingOfWindow(window));
  if (recordings.size !== 2) return null;
  const [first, second] = [...recordings.values()];
  if (![first, second].every((own) => own.every(({ truth }) => truth === own[0].truth))) return null;
  if (first[0].truth === second[0].truth) return null;
  const [positive, other] = first[0].truth === 1 ? [first, second] : [second, first];
  const mean = (own: typeof first) => meanDefined(own.map(({ probabilities }) => probabilities[1])) ?? NaN;
  const difference = mean(positive) - mean(other);
  return Math.abs(difference) <= ROUNDING ? 0.5 : difference > 0 ? 1 : 0;
}
