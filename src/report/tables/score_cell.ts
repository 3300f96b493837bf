/**
 * How a score of a point stands in a table.
 *
 * @module
 */
import type { CurvePoint, Metric } from "../../evaluation/results.ts";
import type { CsvValue } from "../../formats/csv.ts";
import { formatInterval, formatScore, metricLabel } from "../format.ts";
import type { TableCell } from "./table.ts";

/** What the marks of `scoreCell` mean; only those that occur among the points. */
export function markNotes(points: readonly CurvePoint[]): string[] {
  return [
    ...points.some((point) => point.notConverged > 0) ? ["† Some cells had not converged."] : [],
    ...points.some((point) => point.failed > 0) ? ["‡ Some cells failed; the mean is over the others."] : [],
  ];
}

/** The mean with its interval and the marks of the point. */
export function scoreCell(point: CurvePoint, metric: Metric): TableCell {
  const spread = point.scores[metric];
  return {
    text: formatScore(spread.mean),
    detail: formatInterval(spread),
    marks: (point.notConverged > 0 ? "†" : "") + (point.failed > 0 ? "‡" : ""),
  };
}

/** What is said of every table with intervals. */
export function scoreCaption(metric: Metric): string {
  return `${metricLabel(metric)}, mean [95% interval, people resampled]`;
}

function csvValue(value: unknown): CsvValue {
  return typeof value === "number" || typeof value === "string" || typeof value === "boolean"
    ? value
    : JSON.stringify(value);
}

/** Where a point stands, for programs: its grid, arm and budget. */
export function pointKeys(point: CurvePoint): Record<string, CsvValue> {
  return {
    ...Object.fromEntries(Object.entries(point.grid).map(([key, value]) => [key, csvValue(value)])),
    arm: point.arm,
    budget: point.budget,
  };
}

/** The columns that `pointKeys` fills. */
export function pointColumns(points: readonly CurvePoint[]): string[] {
  return [...new Set(points.flatMap((point) => Object.keys(point.grid).sort())), "arm", "budget"];
}
