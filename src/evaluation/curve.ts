/**
 * One point of a curve: the scores of all the cells of an arm at a budget, how they spread, and what each person scores.
 *
 * @module
 */
import { deviationDefined, meanDefined } from "./average.ts";
import { type Interval, NO_INTERVAL, percentileInterval } from "./resampling.ts";
import {
  byMetric,
  type Cell,
  type CurvePoint,
  type Metric,
  type Prediction,
  type Scores,
  type Spread,
} from "./results.ts";
import { type CellScores, scorePredictions } from "./score.ts";
import { type WeightedScore, weightedScore } from "./weighted.ts";

/** What a point of a curve is made from, beside its cells. */
export interface CurveOptions {
  readonly predictionsOf: (cell: string) => readonly Prediction[];
  readonly classes: readonly string[];
  /** The scores that were declared: all of them have an interval. */
  readonly declared: readonly Metric[];
  /** Windows of each class that a subject needs for an AUROC of its own. */
  readonly minPerClass: number;
  /** How often each of `people` people is drawn in each resample, `[resamples, people]`. */
  readonly countsOf: (people: number) => Uint16Array;
}

/** A point of a curve with the scores of its people. */
export interface CurveResult {
  readonly point: CurvePoint;
  /** Each person's own scores, averaged over the cells. */
  readonly people: ReadonlyMap<string, Scores>;
}

interface ScoredCell {
  readonly cell: Cell;
  readonly predictions: readonly Prediction[];
  readonly scored: CellScores;
}

/** A value that belongs to a draw and a seed. */
interface RunValue {
  readonly draw: number;
  readonly seed: number;
  readonly value: number | null;
}

/**
 * Puts the cells of one arm at one budget together.
 *
 * The mean averages the folds of each draw and seed first, then those; a failed cell or an undefined score is left out.
 *
 * An interval resamples people, all draws and seeds sharing one resample: a fold's score is computed again with each
 * person counted as often as drawn, and folds are averaged with weight (people drawn from the fold) / (people in it).
 * People are drawn over all folds at once: within small folds the interval is too narrow, and within folds of one
 * person it has no width (of a mean of normal values it covers 79% with 10 folds of 2 people, against 92%). It is computed for every score but average precision, whose cost grows with the
 * windows: that one has an interval when it was declared.
 */
export function curvePoint(cells: readonly Cell[], options: CurveOptions): CurveResult {
  const done = cells.filter((cell) => cell.status === "done");
  const scored = done.map((cell): ScoredCell => {
    const predictions = options.predictionsOf(cell.cell);
    return { cell, predictions, scored: scorePredictions(predictions, options) };
  });
  const people = personScores(scored);
  const intervalOf = personIntervals(scored, [...people.keys()], options);
  const counted = done.length > 0 ? done : cells;
  const { grid, arm, budget } = cells[0];
  const spreadOf = (metric: Metric): Spread => {
    const values = done.map(({ draw, seed, scores }): RunValue => ({ draw, seed, value: scores[metric] }));
    return {
      mean: meanOfRuns(values),
      ...intervalOf(metric),
      overDraws: deviationDefined([...Map.groupBy(values, ({ draw }) => draw).values()].map(meanOfRuns)),
      overSeeds: deviationDefined([...Map.groupBy(values, ({ seed }) => seed).values()].map(meanOfRuns)),
      overPeople: deviationDefined([...people.values()].map((scores) => scores[metric])),
    };
  };
  return {
    people,
    point: {
      grid,
      arm,
      budget,
      labels: meanDefined(counted.map((cell) => cell.trainLabels + cell.validationLabels)) ?? 0,
      units: meanDefined(counted.map((cell) => cell.units)) ?? 0,
      cells: cells.length,
      failed: cells.length - done.length,
      notConverged: done.filter((cell) => !cell.converged).length,
      scores: byMetric(spreadOf),
    },
  };
}

/** Each person's scores, folds averaged within a draw and seed first, then those; people sorted by name. */
function personScores(cells: readonly ScoredCell[]): Map<string, Scores> {
  const entries = cells.flatMap(({ cell: { draw, seed }, scored }) =>
    scored.subjects.map(({ subject, scores }) => ({ draw, seed, subject, scores }))
  );
  const people = [...Map.groupBy(entries, ({ subject }) => subject)].sort(([a], [b]) => a < b ? -1 : 1);
  return new Map(people.map(([subject, own]) => [
    subject,
    byMetric((metric) =>
      meanOfRuns(own.map(({ draw, seed, scores }) => ({ draw, seed, value: scores[metric] })))
    ),
  ]));
}

function personIntervals(
  cells: readonly ScoredCell[],
  names: readonly string[],
  options: CurveOptions,
): (metric: Metric) => Interval {
  const people = new Map(names.map((name, position) => [name, position]));
  const runs = [...Map.groupBy(cells, ({ cell }) => `${cell.draw}/${cell.seed}`).values()];
  return (metric) => {
    if (names.length < 2 || (metric === "average-precision" && !options.declared.includes(metric))) {
      return NO_INTERVAL;
    }
    const counts = options.countsOf(names.length);
    const prepared = runs.map((run) =>
      run.map(({ predictions, scored }): WeightedFold => ({
        members: scored.subjects.map(({ subject }) => people.get(subject)!),
        score: weightedScore(metric, { predictions, scored, people }),
      }))
    );
    const scores: (number | null)[] = [];
    for (let row = 0; row < counts.length; row += names.length) {
      const weights = counts.subarray(row, row + names.length);
      scores.push(meanDefined(prepared.map((folds) => weightedMean(folds, weights))));
    }
    return percentileInterval(scores);
  };
}

interface WeightedFold {
  /** Positions of the fold's people among the weights. */
  readonly members: readonly number[];
  readonly score: WeightedScore;
}

function weightedMean(folds: readonly WeightedFold[], weights: ArrayLike<number>): number | null {
  let sum = 0, total = 0;
  for (const { members, score } of folds) {
    let drawn = 0;
    for (const member of members) drawn += weights[member];
    const value = drawn > 0 ? score(weights) : null;
    if (value === null) continue;
    sum += value * drawn / members.length;
    total += drawn / members.length;
  }
  return total > 0 ? sum / total : null;
}

/** Averages the values of each draw and seed, then those averages. */
function meanOfRuns(values: readonly RunValue[]): number | null {
  const runs = Map.groupBy(values, ({ draw, seed }) => `${draw}/${seed}`);
  return meanDefined([...runs.values()].map((run) => meanDefined(run.map(({ value }) => value))));
}
