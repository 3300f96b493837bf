/**
 * Whether one arm scores above another on new people: the person is the unit.
 *
 * @module
 */
import type { Stream } from "../random/stream.ts";
import { type Interval, NO_INTERVAL, percentileInterval, resamplePeople } from "./resampling.ts";
import type { Budget, HypothesisResult, Metric } from "./results.ts";

/** What every test of a comparison supposes. */
export const NULL_HYPOTHESIS = "these models, on new people: the mean difference over people is zero";

/** A comparison that the manifest declares. */
export interface Hypothesis {
  readonly arm: string;
  readonly against: string;
  readonly budget: Budget;
  /** The primary score when absent. */
  readonly metric?: Metric;
}

/** What a comparison is computed from. */
export interface HypothesisOptions {
  /** Each person's own score, averaged over draws and seeds; null where it is undefined. */
  readonly armScores: ReadonlyMap<string, number | null>;
  readonly againstScores: ReadonlyMap<string, number | null>;
  readonly stream: Stream;
  /** Resamples of people behind the interval; 1000 by default. */
  readonly resamples?: number;
}

/**
 * Compares two arms over the people for whom both have a score.
 *
 * A person's difference is the arm's score on this person minus the other arm's, each the mean over folds, draws and
 * seeds. The score is always the person's own: a pooled AUROC or average precision stands for the one within the
 * person, and is undefined, as balanced accuracy and F1 are, for a person without one of the classes. The p-value is
 * that of {@linkcode signFlipTest}, the interval a 95% percentile bootstrap of the mean over people. Below two people
 * both are null.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stream } from "../random/stream.ts";
 * const result = testHypothesis(
 *   { arm: "finetuned", against: "supervised", budget: 0.1, metric: "accuracy", grid: {} },
 *   {
 *     armScores: new Map([["a", 0.75], ["b", 1], ["c", 0.5]]),
 *     againstScores: new Map([["a", 0.5], ["b", 0.5], ["c", null]]),
 *     stream: stream(1, "hypothesis"),
 *   },
 * );
 * assert.equal(result.people, 2);
 * assert.equal(result.difference, 0.375);
 * assert.equal(result.pValue, 0.5); // of four sign flips two are as far from zero
 * ```
 */
export function testHypothesis(
  hypothesis: Pick<HypothesisResult, "grid" | "arm" | "against" | "budget" | "metric">,
  { armScores, againstScores, stream, resamples = 1000 }: HypothesisOptions,
): HypothesisResult {
  const differences: number[] = [];
  // In the order of their names, so that the random numbers meet the same people whatever the order of the maps.
  for (const person of [...armScores.keys()].sort()) {
    const own = armScores.get(person) ?? null, other = againstScores.get(person) ?? null;
    if (own !== null && other !== null) differences.push(own - other);
  }
  const { grid, arm, against, budget, metric } = hypothesis;
  return {
    grid,
    arm,
    against,
    budget,
    metric,
    difference: differences.length > 0 ? sum(differences) / differences.length : null,
    ...bootstrapMean(differences, { resamples, stream: stream.child("interval") }),
    pValue: signFlipTest(differences, { stream: stream.child("sign-flips") }),
    people: differences.length,
    nullHypothesis: NULL_HYPOTHESIS,
  };
}

/**
 * The two-sided p-value of a sign-flip permutation test of a mean of zero: the share of sign flips of the differences
 * whose mean lies as far from zero as theirs or farther.
 *
 * Up to 16 differences all 2^n flips are counted, so that the smallest possible value is 2 / 2^n. Beyond, `flips`
 * random ones (10,000 by default) give (1 + k) / (1 + flips), which is valid for any number (Phipson and Smyth 2010).
 * Means that differ by rounding alone count as equal. Null below two differences.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stream } from "../random/stream.ts";
 * assert.equal(signFlipTest([1, 2, 3], { stream: stream(1, "flips") }), 2 / 8);
 * ```
 */
export function signFlipTest(
  differences: readonly number[],
  { stream, flips = 10_000 }: { readonly stream: Stream; readonly flips?: number },
): number | null {
  const people = differences.length;
  if (people < 2) return null;
  const whole = sum(differences), rounding = 1e-12 * sum(differences.map(Math.abs));
  // Flipping a set of signs takes twice their sum off the whole.
  const isAsFar = (flipped: number): boolean => Math.abs(whole - 2 * flipped) >= Math.abs(whole) - rounding;
  let extreme = 0;
  if (people <= 16) {
    const flipped = new Float64Array(2 ** people);
    for (let person = 0; person < people; person++) {
      const size = 2 ** person;
      for (let set = 0; set < size; set++) flipped[size + set] = flipped[set] + differences[person];
    }
    for (const sum of flipped) if (isAsFar(sum)) extreme++;
    return extreme / flipped.length;
  }
  for (let flip = 0; flip < flips; flip++) {
    let bits = 0, flipped = 0;
    for (let person = 0; person < people; person++) {
      bits = person % 32 === 0 ? stream.integer(2 ** 32) : bits >>> 1;
      if ((bits & 1) === 1) flipped += differences[person];
    }
    if (isAsFar(flipped)) extreme++;
  }
  return (1 + extreme) / (1 + flips);
}

/** The 95% percentile bootstrap interval of a mean over people; none below two. */
function bootstrapMean(
  values: readonly number[],
  { resamples, stream }: { readonly resamples: number; readonly stream: Stream },
): Interval {
  const people = values.length;
  if (people < 2) return NO_INTERVAL;
  const counts = resamplePeople(people, { resamples, stream });
  const means = Array.from({ length: resamples }, (_, resample) => {
    let total = 0;
    for (let person = 0; person < people; person++) {
      total += counts[resample * people + person] * values[person];
    }
    return total / people;
  });
  return percentileInterval(means);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
