/**
 * The standard normal distribution function.
 *
 * @module
 */

const POLYNOMIAL = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429];

/**
 * The probability that a standard normal number lies below `z`: (1 + erf(z / sqrt 2)) / 2.
 *
 * Within 1e-7. Source: Abramowitz & Stegun 1964, formula 7.1.26.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(normalCdf(1.959964) - 0.975) < 1e-6);
 * ```
 */
export function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2, t = 1 / (1 + 0.3275911 * x);
  const tail = t * POLYNOMIAL.reduceRight((sum, coefficient) => sum * t + coefficient, 0) * Math.exp(-x * x);
  return z > 0 ? 1 - tail / 2 : tail / 2;
}
