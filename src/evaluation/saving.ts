/**
 * How many labels supervised learning needs for what another arm reaches with fewer.
 *
 * @module
 */
import canonicalize from "canonicalize";
import { isotonicRegression } from "./isotonic.ts";
import type { CurvePoint, Metric, Saving } from "./results.ts";

/** What a saving is measured by. */
export interface SavingOptions {
  /** The arm whose curve is the ruler. */
  readonly reference: string;
  readonly metric: Metric;
}

/**
 * The labels at which the reference arm reaches the score of every other point, within each value of the grid.
 *
 * The reference curve is made increasing by {@linkcode isotonicRegression}, each point weighing as many cells as it
 * has, and is linear in the logarithm of the labels between its points. Where it is level the fewest labels count. A
 * score over its highest is `above`, one under its lowest `below`. Points without a score are left out. Throws
 * RangeError when the reference arm has a score without labels.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { byMetric } from "./results.ts";
 * const point = (arm: string, labels: number, mean: number) => {
 *   const spread = { mean, low: null, high: null, overDraws: null, overSeeds: null, overPeople: null };
 *   const counts = { labels, units: labels, cells: 1, failed: 0, notConverged: 0 };
 *   return { grid: {}, arm, budget: labels, ...counts, scores: byMetric(() => spread) };
 * };
 * const points = [point("supervised", 10, 0.5), point("supervised", 1000, 0.75), point("finetuned", 10, 0.625)];
 * const [saving] = labelSavings(points, { reference: "supervised", metric: "accuracy" });
 * assert.equal(saving.supervisedLabels, 100);
 * ```
 */
export function labelSavings(
  points: readonly CurvePoint[],
  { reference, metric }: SavingOptions,
): Saving[] {
  const curves = new Map(
    [...Map.groupBy(points, ({ grid }) => canonicalize(grid))].map(([grid, own]) => [
      grid,
      increasingCurve(own.filter(({ arm }) => arm === reference), metric),
    ]),
  );
  return points.flatMap((point): Saving[] => {
    const score = point.scores[metric].mean, curve = curves.get(canonicalize(point.grid));
    if (point.arm === reference || score === null || !curve || curve.length === 0) return [];
    const { grid, arm, budget, labels } = point;
    return [{ grid, arm, budget, labels, ...labelsAt(curve, score) }];
  });
}

/** A point of an increasing curve. */
interface Knot {
  readonly labels: number;
  readonly score: number;
}

function increasingCurve(points: readonly CurvePoint[], metric: Metric): Knot[] {
  const merged = new Map<number, { weight: number; sum: number }>();
  for (const point of points) {
    const score = point.scores[metric].mean, weight = point.cells - point.failed;
    if (score === null) continue;
    if (!(point.labels > 0)) {
      throw new RangeError(
        `Cannot measure savings: ${point.arm} at budget ${point.budget} must have labels, got ${point.labels}`,
      );
    }
    // Two budgets that come to the same number of labels are one point.
    const same = merged.get(point.labels) ?? { weight: 0, sum: 0 };
    merged.set(point.labels, { weight: same.weight + weight, sum: same.sum + weight * score });
  }
  const knots = [...merged].sort(([a], [b]) => a - b);
  const fit = isotonicRegression(
    knots.map(([, { weight, sum }]) => sum / weight),
    knots.map(([, { weight }]) => weight),
  );
  return knots.map(([labels], index) => ({ labels, score: fit[index] }));
}

function labelsAt(curve: readonly Knot[], score: number): Pick<Saving, "supervisedLabels" | "beyond"> {
  if (score < curve[0].score) return { supervisedLabels: null, beyond: "below" };
  const next = curve.findIndex((knot) => knot.score >= score);
  if (next < 0) return { supervisedLabels: null, beyond: "above" };
  if (next === 0) return { supervisedLabels: curve[0].labels, beyond: "" };
  const low = curve[next - 1], high = curve[next];
  const share = (score - low.score) / (high.score - low.score);
  return { supervisedLabels: low.labels * (high.labels / low.labels) ** share, beyond: "" };
}
