/**
 * A summary small enough to work out by hand.
 *
 * @module
 */
import { byMetric, type CurvePoint, type Summary } from "../../src/evaluation/results.ts";

/** A point whose scores are all the same. */
export function point(
  part: Partial<CurvePoint> & { mean?: number | null; low?: number; high?: number },
): CurvePoint {
  const { mean = null, low = null, high = null, ...rest } = part;
  const spread = { mean, low, high, overDraws: 0.01, overSeeds: null, overPeople: 0.1 };
  return {
    grid: {},
    arm: "supervised",
    budget: "all",
    labels: 1000,
    units: 1000,
    cells: 3,
    failed: 0,
    notConverged: 0,
    scores: byMetric(() => spread),
    ...rest,
  };
}

/** Two arms at two budgets; of the second arm's larger budget one cell failed and one has not converged. */
export function smallSummary(): Summary {
  return {
    primary: "auroc",
    secondary: [],
    classes: ["calm", "stress"],
    points: [
      point({ arm: "supervised", budget: 0.1, labels: 100, units: 100, mean: 0.6125, low: 0.55, high: 0.67 }),
      point({ arm: "supervised", mean: 0.8, low: 0.75, high: 0.85 }),
      point({ arm: "frozen", budget: 0.1, labels: 100, units: 100, mean: 0.7, low: 0.65, high: 0.75 }),
      point({ arm: "frozen", mean: 0.78, low: 0.7, high: 0.86, failed: 1, notConverged: 1 }),
    ],
    hypotheses: [],
    comparisons: [],
    savings: [
      { grid: {}, arm: "frozen", budget: 0.1, labels: 100, supervisedLabels: 250, beyond: "" },
      { grid: {}, arm: "frozen", budget: "all", labels: 1000, supervisedLabels: null, beyond: "above" },
    ],
    pretext: [],
    oracles: [],
  };
}
