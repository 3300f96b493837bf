/**
 * Scaling.
 *
 * @module
 */

/**
 * Multiplies every sample by `factor`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([...scale(Float32Array.of(1, -2), { factor: 1.5 })], [1.5, -3]);
 * ```
 */
export function scale(window: Float32Array, { factor }: { factor: number }): Float32Array {
  return window.map((value) => factor * value);
}
