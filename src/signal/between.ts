/**
 * The part of a rising series that lies in a stretch.
 *
 * @module
 */

/**
 * The positions from `start` up to below `end`, a view found by bisection.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(positionsBetween(Int32Array.of(1, 4, 4, 9), { start: 4, end: 9 }), Int32Array.of(4, 4));
 * ```
 */
export function positionsBetween(
  positions: Int32Array,
  { start, end }: { readonly start: number; readonly end: number },
): Int32Array {
  return positions.subarray(firstFrom(positions, start), firstFrom(positions, end));
}

/** The first place whose position is `limit` or more. */
function firstFrom(positions: Int32Array, limit: number): number {
  let low = 0, high = positions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (positions[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
