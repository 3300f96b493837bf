/**
 * Ratings that people give while they are recorded, as by a joystick: what they were within a window.
 *
 * @module
 */
import type { WindowRating } from "../formats/window_table.ts";

/** A rating over time: `values[i]` holds from `seconds[i]` until the next, the last to the end of the recording. */
export interface Track {
  /** Times since the recording's first sample, rising. */
  readonly seconds: Float64Array;
  /** The ratings; NaN where there is none. */
  readonly values: Float64Array;
}

/**
 * The mean of a rating over `[from, to)` seconds, each value weighted by the time that it holds, with the lowest and the highest.
 *
 * Null when it is missing at some moment. Throws RangeError unless `from` is below `to`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const track = { seconds: Float64Array.of(0, 1, 3), values: Float64Array.of(5, 8, NaN) };
 * assert.deepEqual(ratingWithin(track, { from: 0, to: 3 }), { mean: 7, lowest: 5, highest: 8 });
 * assert.equal(ratingWithin(track, { from: 2, to: 4 }), null);
 * ```
 */
export function ratingWithin(
  { seconds, values }: Track,
  { from, to }: { from: number; to: number },
): WindowRating | null {
  if (!(from < to)) {
    throw new RangeError(`Cannot average a rating: from must be below to, got ${from}, ${to}`);
  }
  let index = lastAtOrBefore(seconds, from);
  if (index < 0) return null;
  let sum = 0, lowest = Infinity, highest = -Infinity;
  for (; index < seconds.length && seconds[index] < to; index++) {
    const value = values[index];
    if (Number.isNaN(value)) return null;
    const start = Math.max(from, seconds[index]), end = Math.min(to, seconds[index + 1] ?? Infinity);
    if (end <= start) continue;
    sum += value * (end - start);
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  // Rounding must not lift a constant rating over a threshold that it reaches.
  const mean = lowest === highest ? lowest : sum / (to - from);
  return { mean, lowest, highest };
}

/**
 * What each label that changes was within `[from, to)` seconds, by its name; one that is missing at some moment is left out.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const calm = { seconds: Float64Array.of(0), values: Float64Array.of(2) };
 * const late = { seconds: Float64Array.of(1), values: Float64Array.of(2) };
 * const found = ratingsWithin({ calm, late }, { from: 0, to: 4 });
 * assert.deepEqual(found, [["calm", { mean: 2, lowest: 2, highest: 2 }]]);
 * ```
 */
export function ratingsWithin(
  tracks: Readonly<Record<string, Track>>,
  span: { from: number; to: number },
): [label: string, rating: WindowRating][] {
  return Object.entries(tracks).flatMap(([label, track]) => {
    const rating = ratingWithin(track, span);
    return rating === null ? [] : [[label, rating]];
  });
}

/** The last position whose time is at `moment` or before, by bisection; -1 where there is none. */
function lastAtOrBefore(seconds: Float64Array, moment: number): number {
  let low = 0, high = seconds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (seconds[middle] <= moment) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
