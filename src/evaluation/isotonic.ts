/**
 * Isotonic regression: the increasing sequence nearest to a noisy one.
 *
 * @module
 */

/**
 * The non-decreasing values with the smallest weighted squared distance to `values`, by pooling adjacent violators.
 *
 * Minimises sum of w_i (fit_i - y_i)^2 subject to fit_1 <= fit_2 <= ...; a pooled block takes its weighted mean (Barlow
 * et al. 1972). Throws TypeError when there is not one weight for each value, RangeError for a weight that is not positive.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(isotonicRegression([1, 4, 2, 5], [1, 1, 3, 1]), [1, 2.5, 2.5, 5]);
 * ```
 */
export function isotonicRegression(values: readonly number[], weights: readonly number[]): number[] {
  if (values.length !== weights.length) {
    throw new TypeError(
      `Cannot fit an increasing curve: there must be one weight for each value, got ${weights.length} for ${values.length}`,
    );
  }
  const blocks: { mean: number; weight: number; size: number }[] = [];
  values.forEach((value, index) => {
    if (!(weights[index] > 0)) {
      throw new RangeError(
        `Cannot fit an increasing curve: a weight must be positive, got ${weights[index]}`,
      );
    }
    let block = { mean: value, weight: weights[index], size: 1 };
    for (let last = blocks.at(-1); last && last.mean >= block.mean; last = blocks.at(-1)) {
      const weight = last.weight + block.weight;
      const mean = (last.weight * last.mean + block.weight * block.mean) / weight;
      block = { mean, weight, size: last.size + block.size };
      blocks.pop();
    }
    blocks.push(block);
  });
  return blocks.flatMap(({ mean, size }) => new Array<number>(size).fill(mean));
}
