/**
 * The intervals between normal beats, from which heart-rate variability is computed.
 *
 * @module
 */

/** Intervals between successive normal beats of a recording. */
export interface NormalIntervals {
  /** Seconds of the beat that ends each interval, rising. */
  readonly seconds: Float64Array;
  /** The length of each interval in seconds. */
  readonly intervals: Float64Array;
  /** The differences between intervals that follow each other directly, in seconds. */
  readonly differences: Float64Array;
  /** From the first beat to the last, in seconds, whatever beats they are. */
  readonly durationSeconds: number;
  /** Intervals that were left out because a beat at their ends is not normal. */
  readonly leftOut: number;
}

/**
 * The intervals between two normal beats that follow each other.
 *
 * An interval that begins or ends with another beat is left out, and so is each difference that it would be part of: nothing is put in
 * its place. `isNormal` has one value a beat; without it every beat is normal.
 *
 * Throws RangeError when times do not increase, TypeError when `isNormal` has another length.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { intervals, differences, leftOut } = normalIntervals([0, 1, 2, 2.5, 4, 5], {
 *   isNormal: [true, true, true, false, true, true],
 * });
 * assert.deepEqual([[...intervals], [...differences], leftOut], [[1, 1, 1], [0], 2]);
 * ```
 */
export function normalIntervals(
  beatSeconds: ArrayLike<number>,
  { isNormal }: { isNormal?: readonly boolean[] } = {},
): NormalIntervals {
  const count = beatSeconds.length;
  if (isNormal !== undefined && isNormal.length !== count) {
    throw new TypeError(
      `Cannot take intervals: isNormal must have a value for each of ${count} beats, got ${isNormal.length}`,
    );
  }
  const seconds: number[] = [], intervals: number[] = [], differences: number[] = [];
  let before: number | null = null;
  for (let beat = 1; beat < count; beat++) {
    const interval = beatSeconds[beat] - beatSeconds[beat - 1];
    if (!(interval > 0)) {
      throw new RangeError(
        `Cannot take intervals: times must increase, got ${beatSeconds[beat - 1]} s and then ${
          beatSeconds[beat]
        } s`,
      );
    }
    if (isNormal !== undefined && !(isNormal[beat - 1] && isNormal[beat])) {
      before = null;
      continue;
    }
    seconds.push(beatSeconds[beat]);
    intervals.push(interval);
    if (before !== null) differences.push(interval - before);
    before = interval;
  }
  return {
    seconds: Float64Array.from(seconds),
    intervals: Float64Array.from(intervals),
    differences: Float64Array.from(differences),
    durationSeconds: count < 2 ? 0 : beatSeconds[count - 1] - beatSeconds[0],
    leftOut: Math.max(0, count - 1 - intervals.length),
  };
}
