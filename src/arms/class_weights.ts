/**
 * How much a label of each class counts in the loss.
 *
 * @module
 */

/**
 * The weight of each class: n / (k · n_c) when `balanced`, else 1, for n labels, n_c of them of class c, and k classes that occur.
 *
 * The mean weight of a label is 1. A class without a label has the weight 0.
 *
 * Source: scikit-learn, `compute_class_weight("balanced")`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(classWeights([0, 0, 0, 2], { classes: 3, rule: "balanced" }), [2 / 3, 0, 2]);
 * assert.deepEqual(classWeights([0, 0, 0, 2], { classes: 3, rule: "none" }), [1, 0, 1]);
 * ```
 */
export function classWeights(
  labels: ArrayLike<number>,
  { classes, rule }: { classes: number; rule: "balanced" | "none" },
): number[] {
  const counts = classCounts(labels, { classes });
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => count === 0 ? 0 : rule === "balanced" ? labels.length / (present * count) : 1);
}

/** How many labels each class has. Throws RangeError for a label that is no class. */
export function classCounts(labels: ArrayLike<number>, { classes }: { classes: number }): number[] {
  const counts: number[] = new Array(classes).fill(0);
  for (const label of Array.from(labels)) {
    if (!(label in counts)) {
      throw new RangeError(
        `Cannot count classes: a class must be a whole number below ${classes}, got ${label}`,
      );
    }
    counts[label]++;
  }
  return counts;
}
