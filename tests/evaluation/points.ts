import { byMetric, type CurvePoint } from "../../src/evaluation/results.ts";

/** A point whose every score has this mean and interval. */
export function pointOf(
  arm: string,
  labels: number,
  { mean, low = null, high = null, ...rest }:
    & { mean: number | null; low?: number | null; high?: number | null }
    & Partial<Omit<CurvePoint, "scores">>,
): CurvePoint {
  const spread = { mean, low, high, overDraws: null, overSeeds: null, overPeople: null };
  return {
    grid: {},
    arm,
    budget: labels,
    labels,
    units: labels,
    cells: 4,
    failed: 0,
    notConverged: 0,
    scores: byMetric(() => spread),
    ...rest,
  };
}
