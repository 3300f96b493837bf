/**
 * Scores that follow from the confusion matrix. A score that is undefined is null, never 0 or a chance level.
 *
 * A class that is absent from the truth has no recall and no F1, and every mean over classes is null with it.
 *
 * @module
 */
import type { Confusion } from "./confusion.ts";

/** How well one class is found. */
export interface ClassScores {
  /** Right among the windows predicted as this class; null when there are none. */
  readonly precision: number | null;
  /** Right among the windows of this class; null when there are none. */
  readonly recall: number | null;
  /** Harmonic mean of the two; 0 when the class is there and is never found, null when it is absent from the truth. */
  readonly f1: number | null;
  /** Windows of this class. */
  readonly support: number;
}

/**
 * The share of windows whose class is right; null when there are no windows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(accuracy([[3, 1], [0, 0]]), 0.75);
 * assert.equal(accuracy([[0, 0], [0, 0]]), null);
 * ```
 */
export function accuracy(confusion: Confusion): number | null {
  let right = 0, all = 0;
  for (let truth = 0; truth < confusion.length; truth++) {
    right += confusion[truth][truth];
    for (const count of confusion[truth]) all += count;
  }
  return all > 0 ? right / all : null;
}

/**
 * The mean of the classes' recalls, each class with weight 1 / classes; null when a class is absent from the truth.
 *
 * scikit-learn's `balanced_accuracy_score` leaves absent classes out instead, with a warning.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(balancedAccuracy([[3, 1], [0, 2]]), 0.875);
 * assert.equal(balancedAccuracy([[3, 1], [0, 0]]), null);
 * ```
 */
export function balancedAccuracy(confusion: Confusion): number | null {
  let recalls = 0;
  for (let truth = 0; truth < confusion.length; truth++) {
    let support = 0;
    for (const count of confusion[truth]) support += count;
    if (support === 0) return null;
    recalls += confusion[truth][truth] / support;
  }
  return confusion.length > 0 ? recalls / confusion.length : null;
}

/**
 * The mean of the classes' F1, each class with weight 1 / classes; null when a class is absent from the truth.
 *
 * It is not the harmonic mean of macro precision and macro recall, which some papers print under the same name.
 * scikit-learn counts the F1 of an absent class as 0 instead, whether or not it is predicted.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(macroF1([[2, 2], [0, 2]]), (2 / 3 + 2 / 3) / 2);
 * assert.equal(macroF1([[4, 0], [2, 0]]), (0.8 + 0) / 2);
 * ```
 */
export function macroF1(confusion: Confusion): number | null {
  let sum = 0;
  for (let index = 0; index < confusion.length; index++) {
    let support = 0, predicted = 0;
    for (let other = 0; other < confusion.length; other++) {
      support += confusion[index][other];
      predicted += confusion[other][index];
    }
    if (support === 0) return null;
    sum += (2 * confusion[index][index]) / (support + predicted);
  }
  return confusion.length > 0 ? sum / confusion.length : null;
}

/**
 * Precision, recall and F1 = 2 TP / (2 TP + FP + FN) of each class, in the order of the classes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(classScores([[3, 1], [0, 0]])[0], { precision: 1, recall: 0.75, f1: 6 / 7, support: 4 });
 * assert.deepEqual(classScores([[3, 1], [0, 0]])[1], { precision: 0, recall: null, f1: null, support: 0 });
 * ```
 */
export function classScores(confusion: Confusion): ClassScores[] {
  return confusion.map((row, index) => {
    const right = row[index];
    const support = row.reduce((sum, count) => sum + count, 0);
    const predicted = confusion.reduce((sum, other) => sum + other[index], 0);
    return {
      precision: predicted > 0 ? right / predicted : null,
      recall: support > 0 ? right / support : null,
      f1: support > 0 ? (2 * right) / (support + predicted) : null,
      support,
    };
  });
}
