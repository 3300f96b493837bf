/**
 * Resampling of people, and the intervals that follow from it.
 *
 * @module
 */
import type { Stream } from "../random/stream.ts";

/** The two ends of an interval; null where there is none. */
export interface Interval {
  readonly low: number | null;
  readonly high: number | null;
}

/** The interval that is not there. */
export const NO_INTERVAL: Interval = { low: null, high: null };

/**
 * Draws `people` people with replacement, `resamples` times, and counts how often each is drawn.
 *
 * The counts are `[resamples, people]`; each row sums to `people`. They depend on the stream and the two numbers alone.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stream } from "../random/stream.ts";
 * const counts = resamplePeople(3, { resamples: 2, stream: stream(1, "people") });
 * assert.equal(counts.length, 6);
 * assert.equal(counts[3] + counts[4] + counts[5], 3);
 * ```
 */
export function resamplePeople(
  people: number,
  { resamples, stream }: { readonly resamples: number; readonly stream: Stream },
): Uint16Array {
  if (!Number.isInteger(people) || people < 1 || people > 65535) {
    throw new RangeError(
      `Cannot resample people: there must be a whole number of them from 1 to 65535, got ${people}`,
    );
  }
  const counts = new Uint16Array(resamples * people);
  for (let row = 0; row < counts.length; row += people) {
    for (let drawn = 0; drawn < people; drawn++) counts[row + stream.integer(people)]++;
  }
  return counts;
}

/**
 * The quantile at `share` from 0 to 1, linear between the order statistics around (n - 1) share (NumPy's default;
 * Hyndman and Fan 1996, definition 7).
 *
 * Throws RangeError when there are no values, or for a share outside 0 to 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(quantile([4, 1, 2], 0.25), 1.5);
 * ```
 */
export function quantile(values: ArrayLike<number>, share: number): number {
  if (values.length === 0 || !(share >= 0 && share <= 1)) {
    throw new RangeError(
      `Cannot take a quantile: there must be values and a share from 0 to 1, got ${values.length} and ${share}`,
    );
  }
  const sorted = Float64Array.from(values).sort();
  const place = (sorted.length - 1) * share, below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

/**
 * The 95% percentile interval of resampled scores: from their 2.5% to their 97.5% quantile.
 *
 * Resamples in which the score is undefined are left out; when they are more than one in twenty there is no interval,
 * since what remains are the lucky ones.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const scores = Array.from({ length: 41 }, (_, index) => index);
 * assert.deepEqual(percentileInterval(scores), { low: 1, high: 39 });
 * assert.deepEqual(percentileInterval([1, 2, null]), { low: null, high: null });
 * ```
 */
export function percentileInterval(scores: readonly (number | null)[]): Interval {
  const defined = scores.filter((score) => score !== null);
  if (defined.length === 0 || defined.length < 0.95 * scores.length) return NO_INTERVAL;
  return { low: quantile(defined, 0.025), high: quantile(defined, 0.975) };
}
