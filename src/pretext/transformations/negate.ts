/**
 * Negation.
 *
 * @module
 */

/**
 * Turns the window upside down: -x.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([...negate(Float32Array.of(1, -2))], [-1, 2]);
 * ```
 */
export function negate(window: Float32Array): Float32Array {
  return window.map((value) => -value);
}
