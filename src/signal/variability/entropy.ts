/**
 * The irregularity of a series.
 *
 * @module
 */

/**
 * Sample entropy, -ln(A / B).
 *
 * B counts the pairs of stretches of `length` values, and A those of `length + 1`, no value of which differs by more than `tolerance`; both
 * among the first n - `length` stretches, a stretch never paired with itself. Null where A or B is 0: there is nothing to compare.
 *
 * Takes n values in any unit; time grows with n^2. Throws RangeError unless `length` is a whole number from 1.
 *
 * Source: Richman & Moorman, Am. J. Physiol. Heart Circ. Physiol. 278 (2000) H2039.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * // Of 1 2 1 2 1 2: pairs of 2 values among the first 4 stretches: 2, and each goes on alike.
 * assert.equal(sampleEntropy([1, 2, 1, 2, 1, 2], { length: 2, tolerance: 0.1 }), 0);
 * ```
 */
export function sampleEntropy(
  values: ArrayLike<number>,
  { length, tolerance }: { length: number; tolerance: number },
): number | null {
  if (!Number.isInteger(length) || length < 1) {
    throw new RangeError(
      `Cannot compute sample entropy: the length must be a whole number from 1, got ${length}`,
    );
  }
  const isNear = (one: number, other: number) => Math.abs(values[one] - values[other]) <= tolerance;
  let alike = 0, longer = 0;
  for (let one = 0; one < values.length - length; one++) {
    for (let other = one + 1; other < values.length - length; other++) {
      let matched = 0;
      while (matched < length && isNear(one + matched, other + matched)) matched++;
      if (matched < length) continue;
      alike++;
      if (isNear(one + length, other + length)) longer++;
    }
  }
  return longer === 0 ? null : Math.log(alike / longer);
}
