/**
 * Means and deviations of values of which some are undefined.
 *
 * @module
 */

/**
 * The mean of the values that are not null; null when there are none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(meanDefined([1, null, 2]), 1.5);
 * assert.equal(meanDefined([null]), null);
 * ```
 */
export function meanDefined(values: readonly (number | null)[]): number | null {
  let sum = 0, count = 0;
  for (const value of values) {
    if (value === null) continue;
    sum += value;
    count++;
  }
  return count > 0 ? sum / count : null;
}

/**
 * The standard deviation of the values that are not null, divisor n - 1; null below two.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(deviationDefined([1, null, 3]), Math.SQRT2);
 * assert.equal(deviationDefined([1, null]), null);
 * ```
 */
export function deviationDefined(values: readonly (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null);
  const center = meanDefined(defined);
  if (center === null || defined.length < 2) return null;
  return Math.sqrt(defined.reduce((sum, value) => sum + (value - center) ** 2, 0) / (defined.length - 1));
}
