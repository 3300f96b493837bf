/**
 * Heart rate and its variability over a window, from the times of its beats.
 *
 * @module
 */

/** What {@link heartRateVariability} computes of the intervals RR_1 .. RR_n between beats, in the order of a feature row. */
export const HRV_FEATURES = {
  meanRrSeconds: "mean of RR, in seconds",
  rmssdShare: "root mean square of RR_(i+1) - RR_i, as a share of the mean",
  sdnnShare: "standard deviation of RR, as a share of the mean",
  shortestShare: "shortest RR, as a share of the mean",
  longestShare: "longest RR, as a share of the mean",
} as const;

/** The name of a feature. */
export type HrvFeature = keyof typeof HRV_FEATURES;

/** Beats below which there are no features: two differences of intervals take four. */
export const FEWEST_BEATS = 4;

/**
 * Mean and variability of the intervals between successive beats.
 *
 * With RR_i = t_(i+1) - t_i, i from 1 to n, and m = sum RR_i / n:
 * rmssd = sqrt(sum (RR_(i+1) - RR_i)^2 / (n - 1)), there being n - 1 differences, and
 * sdnn = sqrt(sum (RR_i - m)^2 / (n - 1)), the deviation of a sample. All but the mean are shares of it, so that they say
 * nothing of the rate itself. No interval is left out: an ectopic beat is what some targets ask for.
 *
 * Takes the times of beats in seconds, increasing. Gives null below four beats. Throws RangeError when a time is not after the one before.
 *
 * Source: Task Force of the ESC and NASPE, Circulation 93 (1996) 1043, for RMSSD and SDNN.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const features = heartRateVariability([0, 1, 2, 3, 5]);
 * assert.deepEqual(features, {
 *   meanRrSeconds: 1.25,
 *   rmssdShare: Math.sqrt(1 / 3) / 1.25,
 *   sdnnShare: 0.5 / 1.25,
 *   shortestShare: 0.8,
 *   longestShare: 1.6,
 * });
 * assert.equal(heartRateVariability([0, 1, 2]), null);
 * ```
 */
export function heartRateVariability(
  beatSeconds: ArrayLike<number>,
): Readonly<Record<HrvFeature, number>> | null {
  const count = beatSeconds.length - 1;
  let squaredDifferences = 0, squaredDeviations = 0, shortest = Infinity, longest = 0;
  const mean = (beatSeconds[count] - beatSeconds[0]) / count;
  for (let index = 0, before = 0; index < count; index++) {
    const interval = beatSeconds[index + 1] - beatSeconds[index];
    if (!(interval > 0)) {
      throw new RangeError(
        `Cannot compute heart-rate variability: times must increase, got ${beatSeconds[index]} s and then ${
          beatSeconds[index + 1]
        } s`,
      );
    }
    if (index > 0) squaredDifferences += (interval - before) ** 2;
    squaredDeviations += (interval - mean) ** 2;
    shortest = Math.min(shortest, interval);
    longest = Math.max(longest, interval);
    before = interval;
  }
  if (beatSeconds.length < FEWEST_BEATS) return null;
  return {
    meanRrSeconds: mean,
    rmssdShare: Math.sqrt(squaredDifferences / (count - 1)) / mean,
    sdnnShare: Math.sqrt(squaredDeviations / (count - 1)) / mean,
    shortestShare: shortest / mean,
    longestShare: longest / mean,
  };
}
