/**
 * Temporal inversion.
 *
 * @module
 */

/**
 * Runs the window backwards in time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([...reverse(Float32Array.of(1, 2, 3))], [3, 2, 1]);
 * ```
 */
export function reverse(window: Float32Array): Float32Array {
  return window.toReversed();
}
