/**
 * What somebody who knows the latent state of simulated windows would score: a ruler for the models.
 *
 * @module
 */
import { meanDefined } from "./average.ts";
import { byMetric, type Prediction, type Scores } from "./results.ts";
import { scorePredictions } from "./score.ts";

/** Positions of the windows that choose, and of those that are scored. */
export interface OracleFold {
  readonly train: ArrayLike<number>;
  readonly test: ArrayLike<number>;
}

/** The windows of an oracle, one entry for each in every array. */
export interface OracleOptions {
  /** The latent state. */
  readonly state: ArrayLike<number>;
  /** Index into the classes. */
  readonly truth: ArrayLike<number>;
  readonly subjects: readonly string[];
  /** Ids of the windows, which name their recordings. */
  readonly windows: readonly string[];
  /** Whether each window is a hard negative; none is where it is left out. */
  readonly hardNegatives?: readonly boolean[];
  readonly folds: readonly OracleFold[];
  readonly classes: readonly string[];
  /** Windows of each class that a subject needs for an AUROC of its own; 5 by default. */
  readonly minPerClass?: number;
}

/**
 * Scores the rule "the last class when the state is beyond a threshold".
 *
 * In each fold, threshold and direction are those with the largest balanced accuracy on the training windows: of equal
 * ones the lowest threshold, above before below. On the test windows the class follows from the threshold, and the
 * state itself, signed by the direction, is what AUROC and average precision rank by. Scores are averaged over the
 * folds in which they are defined; a fold whose training windows lack a class has none. There is one threshold for two
 * classes only: for more all scores are null. Throws TypeError when the lengths differ, RangeError for a state that is
 * not finite.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const scores = thresholdOracle({
 *   state: [1, 2, 3, 4, 1.5, 3.5],
 *   truth: [1, 1, 0, 0, 1, 0],
 *   subjects: ["a", "a", "a", "a", "b", "b"],
 *   windows: ["r@0+1", "r@1+1", "r@2+1", "r@3+1", "s@0+1", "s@1+1"],
 *   folds: [{ train: [0, 1, 2, 3], test: [4, 5] }],
 *   classes: ["calm", "stress"],
 * });
 * assert.equal(scores["balanced-accuracy"], 1); // stress below 2.5
 * ```
 */
export function thresholdOracle(options: OracleOptions): Scores {
  const { state, truth, subjects, windows, hardNegatives, folds, classes, minPerClass } = options;
  const lengths = [state, truth, subjects, windows, hardNegatives ?? state].map(({ length }) => length);
  if (lengths.some((length) => length !== state.length)) {
    throw new TypeError(
      "Cannot score an oracle: states, classes, subjects, windows and hard negatives must be as many, " +
        `got ${lengths.join(", ")}`,
    );
  }
  for (let index = 0; index < state.length; index++) {
    if (!Number.isFinite(state[index])) {
      throw new RangeError(`Cannot score an oracle: a state must be finite, got ${state[index]} at ${index}`);
    }
  }
  if (classes.length !== 2) return byMetric(() => null);
  const scores = folds.flatMap(({ train, test }): Scores[] => {
    const rule = chooseRule(options, train);
    if (!rule) return [];
    const positive = probabilities(Float64Array.from(test, (position) => state[position]), rule);
    const predictions = Array.from(test, (position, index): Prediction => ({
      window: windows[position],
      subject: subjects[position],
      truth: truth[position],
      isHardNegative: hardNegatives?.[position],
      probabilities: [1 - positive[index], positive[index]],
    }));
    return [scorePredictions(predictions, { classes, minPerClass }).scores];
  });
  return byMetric((metric) => meanDefined(scores.map((score) => score[metric])));
}

/** The last class is where `direction * state > direction * threshold`. */
interface Rule {
  readonly threshold: number;
  readonly direction: 1 | -1;
}

function chooseRule({ state, truth }: OracleOptions, train: ArrayLike<number>): Rule | null {
  const order = Array.from(train).sort((a, b) => state[a] - state[b]);
  const positives = order.filter((position) => truth[position] === 1).length;
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return null;
  // Youden's J times P N is a whole number, so that equal rules are equal without rounding; below 0 the other direction wins.
  let above = 0, best = 0;
  let rule: Rule = { threshold: -Infinity, direction: 1 };
  order.forEach((position, index) => {
    above += truth[position] === 1 ? -negatives : positives;
    const next = state[order[index + 1]];
    if (Math.abs(above) <= best || next === state[position] || index === order.length - 1) return;
    best = Math.abs(above);
    rule = { threshold: (state[position] + next) / 2, direction: above > 0 ? 1 : -1 };
  });
  return rule;
}

/** Increasing in the signed state, without a rounding that could tie two states, and above 1/2 beyond the threshold. */
function probabilities(states: Float64Array, { threshold, direction }: Rule): Float64Array {
  const levels = [...new Set(states)].sort((a, b) => direction * (a - b));
  const below = levels.filter((level) => direction * level <= direction * threshold).length;
  const values = new Map(levels.map((level, index) => [
    level,
    index < below
      ? 0.5 * (index + 1) / (below + 1)
      : 0.5 + 0.5 * (index - below + 1) / (levels.length - below + 1),
  ]));
  return states.map((level) => values.get(level)!);
}
