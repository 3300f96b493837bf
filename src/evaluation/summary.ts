/**
 * What a run found, from its cells and their predictions.
 *
 * @module
 */
import canonicalize from "canonicalize";
import type { Stream } from "../random/stream.ts";
import { curvePoint, type CurveResult } from "./curve.ts";
import { type Hypothesis, testHypothesis } from "./hypothesis.ts";
import { resamplePeople } from "./resampling.ts";
import {
  type Budget,
  type Cell,
  compareBudgets,
  type HypothesisResult,
  type Metric,
  type Oracle,
  type Prediction,
  type PretextScore,
  type Scores,
  type Summary,
} from "./results.ts";
import { labelSavings } from "./saving.ts";

/** What a summary is made from. */
export interface SummaryOptions {
  readonly cells: readonly Cell[];
  /** The predictions of a cell that is done, by its name. */
  readonly predictionsOf: (cell: string) => readonly Prediction[];
  readonly classes: readonly string[];
  readonly primary: Metric;
  /** The scores that are shown after the primary one, in this order; none by default. */
  readonly secondary?: readonly Metric[];
  readonly hypotheses: readonly Hypothesis[];
  readonly pretext: readonly PretextScore[];
  readonly oracles: readonly Oracle[];
  /** The arm that the others are compared with; `supervised` by default. */
  readonly reference?: string;
  /** Windows of each class that a subject needs for an AUROC of its own; 5 by default. */
  readonly minPerClass?: number;
  /** Resamples of people behind each interval; 1000 by default. */
  readonly resamples?: number;
  readonly stream: Stream;
}

/**
 * Summarises a run: curves with their intervals, declared and exploratory comparisons, and label savings.
 *
 * Points are sorted by grid value and arm, both in the order in which the cells first name them, then by budget, all
 * labels last. The same people are drawn for every point with as many people, so that arms are compared on equal
 * resamples. A declared comparison is tested at every value of the grid; without people it has no numbers.
 */
export function summarize(options: SummaryOptions): Summary {
  const { primary, secondary = [], stream, reference = "supervised", minPerClass = 5, resamples = 1000 } =
    options;
  const drawn = new Map<number, Uint16Array>();
  const countsOf = (people: number): Uint16Array => {
    const counts = drawn.get(people) ??
      resamplePeople(people, { resamples, stream: stream.child(`people/${people}`) });
    drawn.set(people, counts);
    return counts;
  };
  const results = sortedPoints(options.cells).map((cells) =>
    curvePoint(cells, { ...options, declared: [primary, ...secondary], minPerClass, countsOf })
  );
  const compare = (hypothesis: Required<Hypothesis>, grid: Cell["grid"]): HypothesisResult => {
    const { arm, against, budget, metric } = hypothesis;
    const name = `${canonicalize(grid)}/${arm}/${against}/${budget}/${metric}`;
    return testHypothesis({ ...hypothesis, grid }, {
      armScores: scoresOfPeople(results, { ...hypothesis, grid }),
      againstScores: scoresOfPeople(results, { ...hypothesis, grid, arm: against }),
      stream: stream.child(`comparison/${name}`),
      resamples,
    });
  };
  const points = results.map(({ point }) => point);
  const grids = [...new Map(points.map(({ grid }) => [canonicalize(grid), grid])).values()];
  const has = (arm: string, { grid, budget }: { grid: Cell["grid"]; budget: Budget }): boolean =>
    points.some((point) => point.arm === arm && point.budget === budget && sameGrid(point.grid, grid));
  return {
    primary,
    secondary,
    classes: options.classes,
    points,
    hypotheses: options.hypotheses.flatMap(({ metric = primary, ...hypothesis }) =>
      grids.map((grid) => compare({ ...hypothesis, metric }, grid))
    ),
    comparisons: points
      .filter((point) => point.arm !== reference && has(reference, point))
      .map(({ grid, arm, budget }) => compare({ arm, against: reference, budget, metric: primary }, grid)),
    savings: labelSavings(points, { reference, metric: primary }),
    pretext: options.pretext,
    oracles: options.oracles,
  };
}

/** The cells of each point, in the order of the points. */
function sortedPoints(cells: readonly Cell[]): Cell[][] {
  const grids = [...new Set(cells.map(({ grid }) => canonicalize(grid)))];
  const arms = [...new Set(cells.map(({ arm }) => arm))];
  return grids.flatMap((grid) =>
    arms.flatMap((arm) => {
      const own = cells.filter((cell) => cell.arm === arm && canonicalize(cell.grid) === grid);
      const budgets = Map.groupBy(own, ({ budget }) => budget);
      return [...budgets].sort(([a], [b]) => compareBudgets(a, b)).map(([, point]) => point);
    })
  );
}

function sameGrid(first: Cell["grid"], second: Cell["grid"]): boolean {
  return canonicalize(first) === canonicalize(second);
}

function scoresOfPeople(
  results: readonly CurveResult[],
  { grid, arm, budget, metric }: Pick<HypothesisResult, "grid" | "arm" | "budget" | "metric">,
): Map<string, number | null> {
  const result = results.find(({ point }) =>
    point.arm === arm && point.budget === budget && sameGrid(point.grid, grid)
  );
  const people: readonly (readonly [string, Scores])[] = result ? [...result.people] : [];
  return new Map(people.map(([person, scores]) => [person, scores[metric]]));
}
