/**
 * What guessing scores.
 *
 * @module
 */
import type { Metric } from "./results.ts";

/**
 * The score of a guess that knows nothing; null where that depends on how common the classes are.
 *
 * 1 / classes for balanced accuracy, 0.5 for every AUROC and for pairs of recordings.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(chanceLevel("balanced-accuracy", 4), 0.25);
 * assert.equal(chanceLevel("auroc", 4), 0.5);
 * assert.equal(chanceLevel("average-precision", 4), null);
 * ```
 */
export function chanceLevel(metric: Metric, classes: number): number | null {
  switch (metric) {
    case "balanced-accuracy":
      return 1 / classes;
    case "auroc":
    case "within-subject-auroc":
    case "hard-negative-auroc":
    case "paired-recordings":
      return 0.5;
    case "accuracy":
    case "macro-f1":
    case "average-precision":
      return null;
  }
}
