/**
 * Whether a window holds an electrocardiogram that can be used: whether it is more than noise, and whether its beats are plausible.
 *
 * @module
 */
import { butterworthBandpass } from "./bandpass.ts";
import { filterZeroPhase } from "./filter.ts";
import type { Samples } from "./samples.ts";

/** What a window must keep to. */
export const PLAUSIBILITY = {
  /**
   * The least kurtosis. Gaussian noise has 3. Li et al. take 5, at which one window in 33 of the MIT-BIH Arrhythmia Database would fall,
   * most of them with paced or wide beats; at 4 it is one in 133.
   */
  kurtosis: 4,
  /** The slowest mean heart rate a minute (Orphanidou et al. 2015, rule 1). */
  slowest: 40,
  /** The fastest mean heart rate a minute (the same). */
  fastest: 180,
  /** The longest time without a beat, in seconds (the same, rule 2). */
  longestGapSeconds: 3,
} as const;

/** Where the energy of an electrocardiogram lies, without drift. */
const BAND = { fromHz: 1, toHz: 40, order: 2 } as const;

/**
 * How much a window's peaks stand out: the kurtosis sum((x - m)^4) n / sum((x - m)^2)^2, m the mean, of its samples between 1 and 40 Hz;
 * 1 at least, 3 for Gaussian noise, above 5 for most electrocardiograms, and 1 for a signal without power.
 *
 * Takes `[time]` in any unit at more than 80 Hz. Throws RangeError for a lower rate or fewer than 16 samples.
 *
 * Source: Li, Mark & Clifford, Physiol. Meas. 29 (2008) 15 (`kSQI`).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const tone = Float64Array.from({ length: 2560 }, (_, time) => Math.sin(2 * Math.PI * 10 * time / 256));
 * assert.ok(Math.abs(kurtosis(tone, { sampleRateHz: 256 }) - 1.5) < 0.05);
 * ```
 */
export function kurtosis(samples: Samples, { sampleRateHz }: { sampleRateHz: number }): number {
  const filtered = filterZeroPhase(samples, butterworthBandpass({ ...BAND, sampleRateHz }));
  const mean = filtered.reduce((sum, value) => sum + value, 0) / filtered.length;
  let squares = 0, fourths = 0;
  for (const value of filtered) {
    const square = (value - mean) ** 2;
    squares += square;
    fourths += square * square;
  }
  return squares === 0 ? 1 : filtered.length * fourths / (squares * squares);
}

/**
 * Whether beats are those of a heart: the mean rate from 40 to 180 a minute, and no longer than 3 s without a beat, borders included.
 *
 * `beats` are seconds since the window's start, rising. Fewer than two beats have no rate and are not plausible.
 *
 * Source: Orphanidou et al., IEEE J. Biomed. Health Inform. 19 (2015) 832, rules 1 and 2.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.ok(hasPlausibleRate([0.4, 1.2, 2], { seconds: 2.5 }));
 * assert.ok(!hasPlausibleRate([0.4, 4.2], { seconds: 5 }));
 * ```
 */
export function hasPlausibleRate(beats: readonly number[], { seconds }: { seconds: number }): boolean {
  if (beats.length < 2) return false;
  const perMinute = 60 * (beats.length - 1) / (beats[beats.length - 1] - beats[0]);
  const borders = [0, ...beats, seconds];
  const longest = Math.max(...borders.slice(1).map((border, index) => border - borders[index]));
  const { slowest, fastest, longestGapSeconds } = PLAUSIBILITY;
  return perMinute >= slowest && perMinute <= fastest && longest <= longestGapSeconds;
}
