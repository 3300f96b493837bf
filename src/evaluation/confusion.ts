/**
 * Counts of true against predicted classes.
 *
 * @module
 */

/** Counts `[truth, predicted]`: row `t`, column `p` counts the windows of class `t` that were taken for class `p`. */
export type Confusion = readonly (readonly number[])[];

/**
 * The class with the largest probability; of equal ones the lowest index.
 *
 * Throws TypeError when there are no probabilities.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(predictedClass([0.2, 0.4, 0.4]), 1);
 * ```
 */
export function predictedClass(probabilities: ArrayLike<number>): number {
  if (probabilities.length === 0) {
    throw new TypeError("Cannot predict a class: there must be a probability for each class, got none");
  }
  let best = 0;
  for (let index = 1; index < probabilities.length; index++) {
    if (probabilities[index] > probabilities[best]) best = index;
  }
  return best;
}

/**
 * Counts how often each class was taken for each other, `[truth, predicted]`.
 *
 * `classes` is the number of classes; both arrays hold indices below it. Throws TypeError when the lengths differ,
 * RangeError for a class that does not exist.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(confusionMatrix([0, 0, 1], [0, 1, 1], { classes: 2 }), [[1, 1], [0, 1]]);
 * ```
 */
export function confusionMatrix(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  { classes }: { readonly classes: number },
): number[][] {
  if (truth.length !== predicted.length) {
    throw new TypeError(
      `Cannot count classes: true and predicted ones must be as many, got ${truth.length} and ${predicted.length}`,
    );
  }
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let index = 0; index < truth.length; index++) {
    for (const value of [truth[index], predicted[index]]) {
      if (!Number.isInteger(value) || value < 0 || value >= classes) {
        throw new RangeError(
          `Cannot count classes: a class must be a whole number below ${classes}, got ${value}`,
        );
      }
    }
    counts[truth[index]][predicted[index]]++;
  }
  return counts;
}
