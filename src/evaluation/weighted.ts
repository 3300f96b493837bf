/**
 * Scores of predictions in which each person counts with a weight: what a bootstrap over people computes a thousand
 * times, so everything that does not depend on the weights is done once.
 *
 * @module
 */
import type { Confusion } from "./confusion.ts";
import { accuracy, balancedAccuracy, macroF1 } from "./metrics.ts";
import { ascendingOrder, besideHardNegatives, positiveClasses } from "./ranking.ts";
import type { Metric, Prediction } from "./results.ts";
import type { CellScores } from "./score.ts";

/** The score when person `p` counts `weights[p]` times; null when it is undefined then. */
export type WeightedScore = (weights: ArrayLike<number>) => number | null;

/** What a weighted score is made of. */
export interface WeightedOptions {
  readonly predictions: readonly Prediction[];
  /** What `scorePredictions` says of them. */
  readonly scored: CellScores;
  /** The position of each subject's weight. */
  readonly people: ReadonlyMap<string, number>;
}

/**
 * Prepares one score of predictions for many weightings of the people in them.
 *
 * With whole weights it is the score of predictions in which each person's windows are repeated so often; for
 * within-subject AUROC and pairs of recordings the mean over people is weighted. With P people, C classes and W windows
 * a weighting costs P C^2 for scores of the confusion matrix, C P^2 for AUROC, P for means over people and C W for
 * average precision.
 * Throws RangeError for a subject without a weight.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { scorePredictions } from "./score.ts";
 * const predictions = [
 *   { window: "a@0+1", subject: "a", truth: 0, probabilities: [0.8, 0.2] },
 *   { window: "b@0+1", subject: "b", truth: 1, probabilities: [0.6, 0.4] },
 * ];
 * const scored = scorePredictions(predictions, { classes: ["calm", "stress"] });
 * const people = new Map([["a", 0], ["b", 1]]);
 * const accuracy = weightedScore("accuracy", { predictions, scored, people });
 * assert.equal(accuracy([1, 1]), 1 / 2);
 * assert.equal(accuracy([2, 1]), 2 / 3);
 * ```
 */
export function weightedScore(
  metric: Metric,
  { predictions, scored, people }: WeightedOptions,
): WeightedScore {
  const { subjects, confusion } = scored;
  const members = subjects.map(({ subject }): number => {
    const position = people.get(subject);
    if (position === undefined) {
      throw new RangeError(`Cannot weight people: every subject must have a weight, got none for ${subject}`);
    }
    return position;
  });
  switch (metric) {
    case "accuracy":
      return ofConfusion(subjects.map((subject) => subject.confusion), members, accuracy);
    case "balanced-accuracy":
      return ofConfusion(subjects.map((subject) => subject.confusion), members, balancedAccuracy);
    case "macro-f1":
      return ofConfusion(subjects.map((subject) => subject.confusion), members, macroF1);
    case "within-subject-auroc":
    case "paired-recordings":
      return meanOfPeople(subjects.map(({ scores }) => scores[metric]), members);
    case "hard-negative-auroc": {
      if (confusion.length !== 2) return () => null;
      const own = besideHardNegatives(predictions);
      return oneAuroc(sortedWindows(own, ownersOf(own, subjects), 1), members);
    }
    case "auroc":
    case "average-precision": {
      const owners = ownersOf(predictions, subjects);
      const prepare = metric === "auroc" ? oneAuroc : oneAveragePrecision;
      return meanOfScores(
        positiveClasses(confusion.length).map((positive) =>
          prepare(sortedWindows(predictions, owners, positive), members)
        ),
      );
    }
  }
}

/** The place of each window's person among the subjects. */
function ownersOf(predictions: readonly Prediction[], subjects: CellScores["subjects"]): Uint32Array {
  const places = new Map(subjects.map(({ subject }, place) => [subject, place]));
  return Uint32Array.from(predictions, ({ subject }) => places.get(subject)!);
}

function ofConfusion(
  counts: readonly Confusion[],
  members: readonly number[],
  score: (confusion: Confusion) => number | null,
): WeightedScore {
  const classes = counts[0]?.length ?? 0;
  const flat = counts.map((confusion) => Float64Array.from(confusion.flat()));
  const sums = new Float64Array(classes * classes);
  const rows = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  return (weights) => {
    sums.fill(0);
    for (let place = 0; place < members.length; place++) {
      const weight = weights[members[place]], own = flat[place];
      if (weight === 0) continue;
      for (let index = 0; index < sums.length; index++) sums[index] += weight * own[index];
    }
    for (let index = 0; index < sums.length; index++) {
      rows[Math.floor(index / classes)][index % classes] = sums[index];
    }
    return score(rows);
  };
}

function meanOfPeople(values: readonly (number | null)[], members: readonly number[]): WeightedScore {
  const defined = values.flatMap((value, place) => value === null ? [] : [{ value, member: members[place] }]);
  return (weights) => {
    let sum = 0, total = 0;
    for (const { value, member } of defined) {
      sum += weights[member] * value;
      total += weights[member];
    }
    return total > 0 ? sum / total : null;
  };
}

function meanOfScores(scores: readonly WeightedScore[]): WeightedScore {
  return (weights) => {
    let sum = 0;
    for (const score of scores) {
      const value = score(weights);
      if (value === null) return null;
      sum += value;
    }
    return sum / scores.length;
  };
}

/** The windows by ascending score of one class. */
interface SortedWindows {
  /** The place of each window's person among the members. */
  readonly owner: Uint32Array;
  readonly positive: Uint8Array;
  /** 1 where the next window scores higher, or there is none. */
  readonly lastOfTie: Uint8Array;
}

function sortedWindows(
  predictions: readonly Prediction[],
  owners: Uint32Array,
  positive: number,
): SortedWindows {
  const scores = predictions.map((prediction) => prediction.probabilities[positive]);
  const order = ascendingOrder(scores);
  return {
    owner: order.map((index) => owners[index]),
    positive: new Uint8Array(order.map((index) => predictions[index].truth === positive ? 1 : 0)),
    lastOfTie: new Uint8Array(
      order.map((index, place) => scores[index] === scores[order[place + 1]] ? 0 : 1),
    ),
  };
}

/**
 * AUROC = sum over people p, q of w_p w_q U[p, q], divided by (sum of w_p P[p]) (sum of w_q N[q]): U counts the pairs of
 * a positive window of p that scores above a negative one of q, ties one half.
 */
function oneAuroc(windows: SortedWindows, members: readonly number[]): WeightedScore {
  const people = members.length;
  const pairs = new Float64Array(people * people), positives = new Float64Array(people);
  const below = new Float64Array(people), tied = new Float64Array(people);
  for (let first = 0; first < windows.owner.length;) {
    let end = first;
    while (windows.lastOfTie[end] === 0) end++;
    end++;
    tied.fill(0);
    for (let place = first; place < end; place++) {
      if (windows.positive[place] === 0) tied[windows.owner[place]]++;
    }
    for (let place = first; place < end; place++) {
      if (windows.positive[place] === 0) continue;
      const row = windows.owner[place];
      positives[row]++;
      for (let other = 0; other < people; other++) {
        pairs[row * people + other] += below[other] + tied[other] / 2;
      }
    }
    for (let other = 0; other < people; other++) below[other] += tied[other];
    first = end;
  }
  const negatives = below, drawn = new Float64Array(people);
  return (weights) => {
    for (let row = 0; row < people; row++) drawn[row] = weights[members[row]];
    let sum = 0, positive = 0, negative = 0;
    for (let row = 0; row < people; row++) {
      const weight = drawn[row];
      if (weight === 0) continue;
      positive += weight * positives[row];
      negative += weight * negatives[row];
      const first = row * people;
      let won = 0;
      for (let other = 0; other < people; other++) won += drawn[other] * pairs[first + other];
      sum += weight * won;
    }
    return positive > 0 && negative > 0 ? sum / (positive * negative) : null;
  };
}

function oneAveragePrecision(windows: SortedWindows, members: readonly number[]): WeightedScore {
  const owner = windows.owner.map((place) => members[place]).reverse();
  const positive = windows.positive.slice().reverse();
  // From the top, a tie ends where the window below it scores less.
  const lastOfTie = Uint8Array.from(
    owner,
    (_, place) => place + 1 < owner.length ? windows.lastOfTie[owner.length - 2 - place] : 1,
  );
  return (weights) => {
    let above = 0, truePositives = 0, found = 0, sum = 0;
    for (let place = 0; place < owner.length; place++) {
      const weight = weights[owner[place]];
      above += weight;
      if (positive[place] === 1) found += weight;
      if (lastOfTie[place] === 1 && found > 0) {
        truePositives += found;
        sum += found * truePositives / above;
        found = 0;
      }
    }
    return truePositives > 0 && truePositives < above ? sum / truePositives : null;
  };
}
