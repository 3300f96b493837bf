/**
 * Whether a window can be a signal at all.
 *
 * @module
 */
import type { Samples } from "./samples.ts";

/**
 * The shares from which a window is refused. They catch electrodes that are off and amplifiers at their limits;
 * noise is left to the reader of the report.
 */
const QUALITY_THRESHOLDS = {
  /** The longest run of equal samples, as a share of the window. */
  flat: 0.5,
  /** Samples that equal the smallest or the largest, as a share of the window. */
  saturated: 0.1,
} as const;

/** What a window is: the first of these that holds. */
export type Verdict = "non-finite" | "flat" | "saturated" | "ok";

/** The verdict on a window with the shares that it rests on. */
export interface Quality {
  /** What follows from the shares. */
  readonly verdict: Verdict;
  /** Samples that are NaN or infinite, as a share of the window. */
  readonly nonFinite: number;
  /** The longest run of equal samples, as a share of the window. */
  readonly longestRun: number;
  /** The samples at the smallest or those at the largest value, whichever are more, as a share of the window. */
  readonly atExtreme: number;
}

/**
 * Judges a window by its samples as they were recorded.
 *
 * `non-finite`: any sample is NaN or infinite. `flat`: the longest run of equal samples is at least
 * `QUALITY_THRESHOLDS.flat` of the window. `saturated`: one extreme value takes up at least
 * `QUALITY_THRESHOLDS.saturated` of it. The amplifier's limits are not known, so the window's own extremes
 * stand for them. Resampling and filters turn plateaus into curves: give the stretch before them.
 *
 * Takes `[time]` in any unit. Throws RangeError when there are no samples.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(quality(Float64Array.of(0, 1, 0.5, -1)).verdict, "saturated"); // a quarter at its largest
 * assert.equal(quality(new Float64Array(100)).verdict, "flat");
 * assert.equal(quality(Float64Array.from({ length: 100 }, (_, i) => Math.sin(i))).verdict, "ok");
 * ```
 */
export function quality(samples: Samples): Quality {
  const count = samples.length;
  if (count === 0) throw new RangeError("Cannot judge a window: at least one sample is needed, got 0");
  let nonFinite = 0, run = 0, longestRun = 0;
  let smallest = Infinity, largest = -Infinity, atSmallest = 0, atLargest = 0;
  for (let time = 0; time < count; time++) {
    const value = samples[time];
    if (!Number.isFinite(value)) nonFinite++;
    run = time > 0 && value === samples[time - 1] ? run + 1 : 1;
    if (run > longestRun) longestRun = run;
    if (value < smallest) [smallest, atSmallest] = [value, 0];
    if (value > largest) [largest, atLargest] = [value, 0];
    if (value === smallest) atSmallest++;
    if (value === largest) atLargest++;
  }
  const shares = {
    nonFinite: nonFinite / count,
    longestRun: longestRun / count,
    atExtreme: Math.max(atSmallest, atLargest) / count,
  };
  return { verdict: verdictOn(shares), ...shares };
}

function verdictOn({ nonFinite, longestRun, atExtreme }: Omit<Quality, "verdict">): Verdict {
  if (nonFinite > 0) return "non-finite";
  if (longestRun >= QUALITY_THRESHOLDS.flat) return "flat";
  return atExtreme >= QUALITY_THRESHOLDS.saturated ? "saturated" : "ok";
}
