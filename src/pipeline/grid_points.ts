/**
 * The points of a manifest's grid, each a manifest of its own.
 *
 * @module
 */
import type { Budget } from "../evaluation/results.ts";
import { validateGrid } from "../manifest/grid.ts";
import type { ManifestSource } from "../manifest/read.ts";
import { isWholeBudget } from "../targets/budget.ts";
import { type Manifest, manifestSchema } from "./schema.ts";

/** One point of the grid. */
export interface GridPoint {
  /** The manifest with the point's values. */
  readonly manifest: Manifest;
  /** The swept values, by path. */
  readonly coordinates: Readonly<Record<string, unknown>>;
  /** Those that are no budget. */
  readonly grid: Readonly<Record<string, unknown>>;
  readonly budget: Budget;
}

/** Keys whose values are a curve's axis, not a grid of curves. */
const BUDGET_KEYS = ["labels.fraction", "labels.count"];

/** Validates a manifest and lists its points. Throws ManifestError with every problem at once. */
export function gridPoints(source: ManifestSource): GridPoint[] {
  return validateGrid(manifestSchema, source).map(({ coordinates, output: manifest }) => ({
    manifest,
    coordinates,
    grid: Object.fromEntries(Object.entries(coordinates).filter(([path]) => !BUDGET_KEYS.includes(path))),
    budget: isWholeBudget(manifest.labels)
      ? "all"
      : manifest.labels.count ?? manifest.labels.fraction ?? "all",
  }));
}
