/**
 * What a run's results are made of: cells, predictions, and the summary that a report shows.
 *
 * @module
 */

/** The scores that every cell gets. */
export const METRICS = [
  "accuracy",
  "balanced-accuracy",
  "macro-f1",
  "auroc",
  "within-subject-auroc",
  "hard-negative-auroc",
  "paired-recordings",
  "average-precision",
] as const;

/** The name of a score. */
export type Metric = (typeof METRICS)[number];

/** Scores by name; null where a score is undefined because a class is absent. */
export type Scores = Readonly<Record<Metric, number | null>>;

/** A value for every score. */
export function byMetric<T>(valueOf: (metric: Metric) => T): Record<Metric, T> {
  return {
    "accuracy": valueOf("accuracy"),
    "balanced-accuracy": valueOf("balanced-accuracy"),
    "macro-f1": valueOf("macro-f1"),
    "auroc": valueOf("auroc"),
    "within-subject-auroc": valueOf("within-subject-auroc"),
    "hard-negative-auroc": valueOf("hard-negative-auroc"),
    "paired-recordings": valueOf("paired-recordings"),
    "average-precision": valueOf("average-precision"),
  };
}

/**
 * All scores in the order in which they are shown: the primary one, the secondary ones as declared, then the others.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const order = metricsInOrder({ primary: "auroc", secondary: ["macro-f1"] });
 * assert.deepEqual(order.slice(0, 3), ["auroc", "macro-f1", "accuracy"]);
 * ```
 */
export function metricsInOrder({ primary, secondary }: Pick<Summary, "primary" | "secondary">): Metric[] {
  return [...new Set([primary, ...secondary, ...METRICS])];
}

/** A label budget: a share below 1, a number of units, or all that there are. */
export type Budget = number | "all";

/** Compares two budgets, for `sort`: all comes after every number. */
export function compareBudgets(left: Budget, right: Budget): number {
  if (left === right) return 0;
  return left === "all" ? 1 : right === "all" ? -1 : left - right;
}

/** One arm at one budget, draw, fold and seed. */
export interface Cell {
  /** The cell's name, unique in a run. */
  readonly cell: string;
  /** The values of the other swept keys, by their paths; empty when only the budget is swept. */
  readonly grid: Readonly<Record<string, unknown>>;
  readonly arm: string;
  readonly budget: Budget;
  readonly draw: number;
  readonly fold: number;
  readonly seed: number;
  readonly status: "done" | "failed";
  /** Why the cell failed, else empty. */
  readonly error: string;
  /** Labelled windows that trained, and that chose the model; the budget is their sum. */
  readonly trainLabels: number;
  readonly validationLabels: number;
  /** Labelled units (windows, recordings or subjects) in the budget. */
  readonly units: number;
  readonly steps: number;
  readonly converged: boolean;
  readonly scores: Scores;
}

/** The prediction for one test window, with its true class. */
export interface Prediction {
  /** Id of the window, which names its recording. */
  readonly window: string;
  /** Whose window it is. */
  readonly subject: string;
  /** Index into the classes. */
  readonly truth: number;
  /** Whether the window is easily taken for the positive class without being it; false where it is left out. */
  readonly isHardNegative?: boolean;
  /** One for each class, summing to 1. */
  readonly probabilities: readonly number[];
}

/** A score over the cells of one point of a curve. */
export interface Spread {
  readonly mean: number | null;
  /** 95% percentile interval, people resampled; null where it was not computed or has too few people. */
  readonly low: number | null;
  readonly high: number | null;
  /** Standard deviations (divisor n - 1) over draws, over seeds, and over people, each after averaging the rest; null below two. */
  readonly overDraws: number | null;
  readonly overSeeds: number | null;
  readonly overPeople: number | null;
}

/** One arm at one budget: the cells of all its draws, folds and seeds. */
export interface CurvePoint {
  readonly grid: Readonly<Record<string, unknown>>;
  readonly arm: string;
  readonly budget: Budget;
  /** Means over the cells that are done. */
  readonly labels: number;
  readonly units: number;
  /** All cells of the point, those that failed among them. */
  readonly cells: number;
  readonly failed: number;
  readonly notConverged: number;
  readonly scores: Readonly<Record<Metric, Spread>>;
}

/** A comparison of two arms at one budget, tested over people. */
export interface HypothesisResult {
  readonly grid: Readonly<Record<string, unknown>>;
  readonly arm: string;
  readonly against: string;
  readonly budget: Budget;
  readonly metric: Metric;
  /** Mean over people of the difference, arm minus against. */
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Two-sided, sign flips over people. */
  readonly pValue: number | null;
  readonly people: number;
  /** What the null hypothesis says, in words. */
  readonly nullHypothesis: string;
}

/** How many labels supervised learning needs for what an arm reaches with fewer. */
export interface Saving {
  readonly grid: Readonly<Record<string, unknown>>;
  readonly arm: string;
  readonly budget: Budget;
  readonly labels: number;
  /** Labels at which the supervised curve reaches the same score; null beyond the ends of that curve. */
  readonly supervisedLabels: number | null;
  /** Why there is no number: `above` or `below` the whole supervised curve; else empty. */
  readonly beyond: "" | "above" | "below";
}

/** How well one transformation is recognised on people set aside. */
export interface PretextScore {
  readonly fold: number;
  readonly seed: number;
  readonly grid: Readonly<Record<string, unknown>>;
  readonly transformation: string;
  readonly balancedAccuracy: number | null;
  readonly f1: number | null;
}

/** What somebody who knows the latent state of a simulated window would score. */
export interface Oracle {
  readonly name: string;
  readonly scores: Scores;
}

/** What a run found; `summary.json`. */
export interface Summary {
  readonly primary: Metric;
  /** The scores that are shown after the primary one, in this order. */
  readonly secondary: readonly Metric[];
  readonly classes: readonly string[];
  readonly points: readonly CurvePoint[];
  /** What the manifest declares, at every value of the grid. */
  readonly hypotheses: readonly HypothesisResult[];
  /** Every arm against the reference arm at every budget, on the primary score: exploratory, not adjusted for their number. */
  readonly comparisons: readonly HypothesisResult[];
  readonly savings: readonly Saving[];
  readonly pretext: readonly PretextScore[];
  readonly oracles: readonly Oracle[];
}
