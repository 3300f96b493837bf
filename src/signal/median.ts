/**
 * The median of values.
 *
 * @module
 */

/**
 * The middle of the values in order, the mean of the two middle ones of an even number; NaN of none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([median([3, 1, 2]), median([4, 1, 2, 3])], [2, 2.5]);
 * ```
 */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other), middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}
