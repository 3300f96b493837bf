/**
 * Which points of a summary belong together.
 *
 * @module
 */
import {
  type Budget,
  compareBudgets,
  type CurvePoint,
  type Metric,
  type Summary,
} from "../evaluation/results.ts";

/** Values of the swept keys. */
export type Grid = Readonly<Record<string, unknown>>;

/** One combination of the swept keys other than the budget. */
export interface GridPoint {
  /** Equal for equal grids. */
  readonly key: string;
  /** `snrDb = 5, seconds = 10`; empty when only the budget is swept. */
  readonly name: string;
  /** The points of all arms and budgets. */
  readonly points: readonly CurvePoint[];
}

/** A text that is equal for equal grids, whatever the order of their keys. */
export function gridKey(grid: Grid): string {
  return JSON.stringify(Object.keys(grid).sort().map((key) => [key, grid[key]]));
}

/**
 * The name of a grid point: the last part of each path, or the whole path where two paths end alike.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(gridName({ "pretext.noise.snrDb": 5 }), "snrDb = 5");
 * assert.equal(gridName({ "a.rate": 1, "b.rate": 2 }), "a.rate = 1, b.rate = 2");
 * ```
 */
export function gridName(grid: Grid): string {
  const keys = Object.keys(grid).sort();
  const last = (key: string) => key.slice(key.lastIndexOf(".") + 1);
  return keys.map((key) => {
    const value = grid[key];
    const name = keys.some((other) => other !== key && last(other) === last(key)) ? key : last(key);
    return `${name} = ${typeof value === "string" ? value : JSON.stringify(value)}`;
  }).join(", ");
}

/** The grid points in the order in which they first appear. */
export function gridPoints(summary: Pick<Summary, "points">): readonly GridPoint[] {
  const groups = new Map<string, CurvePoint[]>();
  for (const point of summary.points) {
    const key = gridKey(point.grid);
    groups.set(key, [...groups.get(key) ?? [], point]);
  }
  return [...groups].map(([key, points]) => ({ key, name: gridName(points[0].grid), points }));
}

/** The secondary scores that some point has, in their order. */
export function scoredSecondary({ secondary, points }: Pick<Summary, "secondary" | "points">): Metric[] {
  return secondary.filter((metric) => points.some(({ scores }) => scores[metric].mean !== null));
}

/** The budgets from small to large, all last. */
export function budgetsOf(points: readonly CurvePoint[]): readonly Budget[] {
  return [...new Set(points.map((point) => point.budget))].sort(compareBudgets);
}

/** The points of one arm from the smallest budget to the largest. */
export function curveOf(points: readonly CurvePoint[], arm: string): readonly CurvePoint[] {
  const own = points.filter((point) => point.arm === arm);
  return budgetsOf(own).map((budget) => own.find((point) => point.budget === budget)!);
}

/** Mean labelled units at one budget over the points that ran; null where none did. */
export function unitsAt(points: readonly CurvePoint[], budget: Budget): number | null {
  const ran = points.filter((point) => point.budget === budget && point.units > 0);
  return ran.length === 0 ? null : ran.reduce((sum, point) => sum + point.units, 0) / ran.length;
}
