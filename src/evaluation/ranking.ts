/**
 * Scores of how well probabilities rank the windows of a class before the others. Undefined is null, never 0.5.
 *
 * @module
 */
import type { Prediction } from "./results.ts";

/** What a prediction is ranked by. */
export type Ranked = Pick<Prediction, "truth" | "probabilities">;

/** What a prediction is ranked by, with its mark as a hard negative. */
export type MarkedRanked = Pick<Prediction, "truth" | "probabilities" | "isHardNegative">;

/** A score of one class against the rest; windows of any class but `positive` are negative. */
export type RankingScore = (
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  options?: { readonly positive?: number },
) => number | null;

/**
 * The area under the receiver operating characteristic: the probability that a window of the positive class scores
 * above one of the rest, equal scores counting one half.
 *
 * AUROC = (sum of the positives' midranks - P (P + 1) / 2) / (P N), by Mann and Whitney (1947), with P positive and N
 * negative windows. Null when either is absent. `positive` is 1 by default. Throws TypeError when the lengths differ,
 * RangeError for a score that is not a number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(auroc([0, 1, 0, 1], [0.1, 0.4, 0.4, 0.9]), 0.875);
 * assert.equal(auroc([1, 1], [0.1, 0.4]), null);
 * ```
 */
export function auroc(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  { positive = 1 }: { readonly positive?: number } = {},
): number | null {
  const order = ascending(truth, scores);
  let positives = 0, rankSum = 0;
  for (let first = 0; first < order.length;) {
    let end = first, found = 0;
    while (end < order.length && scores[order[end]] === scores[order[first]]) {
      if (truth[order[end]] === positive) found++;
      end++;
    }
    // Equal scores share the mean of the ranks first + 1 .. end.
    rankSum += found * (first + 1 + end) / 2;
    positives += found;
    first = end;
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return null;
  return (rankSum - positives * (positives + 1) / 2) / (positives * negatives);
}

/**
 * Average precision: the sum over thresholds of (recall_n - recall_(n-1)) precision_n, without interpolation, where
 * equal scores are one threshold (scikit-learn's `average_precision_score`).
 *
 * Null when the positive class or the rest is absent. `positive` is 1 by default. Throws TypeError when the lengths
 * differ, RangeError for a score that is not a number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(averagePrecision([0, 1, 0, 1], [0.1, 0.4, 0.5, 0.9]), 0.5 * 1 + 0.5 * (2 / 3));
 * ```
 */
export function averagePrecision(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  { positive = 1 }: { readonly positive?: number } = {},
): number | null {
  const order = ascending(truth, scores).reverse();
  let truePositives = 0, sum = 0;
  for (let first = 0; first < order.length;) {
    let end = first, found = 0;
    while (end < order.length && scores[order[end]] === scores[order[first]]) {
      if (truth[order[end]] === positive) found++;
      end++;
    }
    truePositives += found;
    sum += found * truePositives / end;
    first = end;
  }
  if (truePositives === 0 || truePositives === order.length) return null;
  return sum / truePositives;
}

/**
 * A ranking score of predictions: of the last class when there are two, else the mean over classes of each against the
 * rest; null when the score of any class is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const predictions = [{ truth: 0, probabilities: [0.9, 0.1] }, { truth: 1, probabilities: [0.6, 0.4] }];
 * assert.equal(oneVersusRest(predictions, { classes: 2, score: auroc }), 1);
 * ```
 */
export function oneVersusRest(
  predictions: readonly Ranked[],
  { classes, score }: { readonly classes: number; readonly score: RankingScore },
): number | null {
  const truth = predictions.map((prediction) => prediction.truth);
  let sum = 0;
  const positives = positiveClasses(classes);
  for (const positive of positives) {
    const scores = predictions.map((prediction) => prediction.probabilities[positive]);
    const value = score(truth, scores, { positive });
    if (value === null) return null;
    sum += value;
  }
  return sum / positives.length;
}

/**
 * The AUROC of the last of two classes against hard negatives alone: windows of the other class that are easily taken for it.
 *
 * All other negative windows are left out. Null when there is no positive window, no hard negative, or a third class.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const predictions = [
 *   { truth: 0, probabilities: [0.9, 0.1] },
 *   { truth: 0, probabilities: [0.2, 0.8], isHardNegative: true },
 *   { truth: 1, probabilities: [0.4, 0.6] },
 * ];
 * assert.equal(hardNegativeAuroc(predictions, { classes: 2 }), 0);
 * ```
 */
export function hardNegativeAuroc(
  predictions: readonly MarkedRanked[],
  { classes }: { readonly classes: number },
): number | null {
  if (classes !== 2) return null;
  return oneVersusRest(besideHardNegatives(predictions), { classes, score: auroc });
}

/** The windows of the last of two classes, and the hard negatives of the other; their order is kept. */
export function besideHardNegatives<T extends MarkedRanked>(predictions: readonly T[]): T[] {
  return predictions.filter(({ truth, isHardNegative }) => truth === 1 || isHardNegative === true);
}

/** The classes that are ranked against the rest: the last of two, all of more. */
export function positiveClasses(classes: number): number[] {
  return classes === 2 ? [1] : Array.from({ length: classes }, (_, index) => index);
}

function ascending(truth: ArrayLike<number>, scores: ArrayLike<number>): Uint32Array {
  if (truth.length !== scores.length) {
    throw new TypeError(
      `Cannot rank windows: classes and scores must be as many, got ${truth.length} and ${scores.length}`,
    );
  }
  for (let index = 0; index < scores.length; index++) {
    if (Number.isNaN(scores[index])) {
      throw new RangeError(`Cannot rank windows: a score must be a number, got NaN at position ${index}`);
    }
  }
  return ascendingOrder(scores);
}

/** Positions by ascending score; equal scores keep their order. */
export function ascendingOrder(scores: ArrayLike<number>): Uint32Array {
  const order = new Uint32Array(scores.length);
  for (let index = 0; index < order.length; index++) order[index] = index;
  return order.sort((a, b) => scores[a] - scores[b] || a - b);
}
