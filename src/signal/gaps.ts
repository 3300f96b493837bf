/**
 * Stretches without signal: NaN where a recorder lost its samples.
 *
 * @module
 */

/** A stretch of samples that are not finite, `[start, end)`. */
export interface Gap {
  /** Position of the first missing sample. */
  readonly start: number;
  /** Position of the first sample after it. */
  readonly end: number;
}

/**
 * The stretches of samples that are NaN or infinite.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(findGaps([1, NaN, NaN, 4, Infinity]), [{ start: 1, end: 3 }, { start: 4, end: 5 }]);
 * ```
 */
export function findGaps(samples: ArrayLike<number>): Gap[] {
  const gaps: Gap[] = [];
  for (let time = 0; time < samples.length; time++) {
    if (Number.isFinite(samples[time])) continue;
    const start = time;
    while (time < samples.length && !Number.isFinite(samples[time])) time++;
    gaps.push({ start, end: time });
  }
  return gaps;
}

/**
 * A copy in which each gap is a straight line between its neighbours; one at an end holds its only neighbour's
 * value, and without any neighbour all is 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const samples = [NaN, 2, NaN, 4];
 * assert.deepEqual(bridgeGaps(samples, findGaps(samples)), Float64Array.of(2, 2, 3, 4));
 * ```
 */
export function bridgeGaps(samples: ArrayLike<number>, gaps: readonly Gap[]): Float64Array {
  const bridged = Float64Array.from(samples);
  for (const { start, end } of gaps) {
    const before = start > 0 ? samples[start - 1] : samples[end] ?? 0;
    const after = end < samples.length ? samples[end] : before;
    for (let time = start; time < end; time++) {
      bridged[time] = before + (after - before) * (time - start + 1) / (end - start + 1);
    }
  }
  return bridged;
}
