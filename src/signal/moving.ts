/**
 * Means and medians that move along a series.
 *
 * @module
 */

/**
 * The mean of each value and its neighbours up to `halfWidth` away; beyond the ends values count as 0.
 *
 * y[i] = sum x[k] / (2 halfWidth + 1), k from i - halfWidth to i + halfWidth. Rounding can leave what should be 0 a little
 * below it, and it is set to 0: values must be 0 or more.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(movingMean(Float64Array.of(3, 0, 6), { halfWidth: 1 }), Float64Array.of(1, 3, 2));
 * ```
 */
export function movingMean(values: Float64Array, { halfWidth }: { halfWidth: number }): Float64Array {
  const means = new Float64Array(values.length), width = 2 * halfWidth + 1;
  let sum = 0;
  for (let entering = 0; entering < values.length + halfWidth; entering++) {
    const centre = entering - halfWidth, leaving = entering - width;
    if (entering < values.length) sum += values[entering];
    if (leaving >= 0) sum -= values[leaving];
    if (centre >= 0) means[centre] = Math.max(0, sum) / width;
  }
  return means;
}

/**
 * The median of each value and its neighbours up to `halfWidth` away, fewer at the ends; of an even number the mean of
 * the two in the middle.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const values = Float64Array.of(5, 1, 9, 2, 3);
 * assert.deepEqual(movingMedian(values, { halfWidth: 1 }), Float64Array.of(3, 5, 2, 3, 2.5));
 * ```
 */
export function movingMedian(values: Float64Array, { halfWidth }: { halfWidth: number }): Float64Array {
  const sorted: number[] = [];
  for (const value of values.subarray(0, halfWidth)) sorted.splice(placeOf(value, sorted), 0, value);
  return values.map((_, centre) => {
    const entering = centre + halfWidth, leaving = centre - halfWidth - 1;
    if (entering < values.length) sorted.splice(placeOf(values[entering], sorted), 0, values[entering]);
    if (leaving >= 0) sorted.splice(placeOf(values[leaving], sorted), 1);
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  });
}

/** How many sorted values are below `value`. */
function placeOf(value: number, sorted: readonly number[]): number {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
