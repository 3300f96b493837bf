/**
 * Arrays of numbers that grow.
 *
 * @module
 */

/** Float64 numbers of which it isn't known how many come. */
export interface GrowingNumbers {
  /** Adds one at the end. */
  add(value: number): void;
  /** All that were added, in an array of its own. */
  values(): Float64Array;
}

/**
 * No numbers yet; memory doubles whenever they don't fit.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const numbers = growingNumbers();
 * for (const value of [1, 2, NaN]) numbers.add(value);
 * assert.deepEqual(numbers.values(), Float64Array.of(1, 2, NaN));
 * ```
 */
export function growingNumbers(): GrowingNumbers {
  let held = new Float64Array(1024), count = 0;
  return {
    add(value) {
      if (count === held.length) {
        const larger = new Float64Array(2 * count);
        larger.set(held);
        held = larger;
      }
      held[count++] = value;
    },
    values: () => held.slice(0, count),
  };
}
