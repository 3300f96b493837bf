/**
 * The truth behind a stretch of a simulated recording.
 *
 * @module
 */
import { meanOver, type State } from "./state.ts";

/** What lies behind a window. A type and not an interface, so that it is a record of numbers. */
export type Truth = {
  /** Mean latent arousal, 1 to 9. */
  readonly arousal: number;
  /** Mean latent valence, 1 to 9. */
  readonly valence: number;
  /** 60 over the mean interval between beats of the window; NaN for fewer than two beats. */
  readonly heartRateBpm: number;
  /**
   * Natural logarithm of the root mean square of successive differences, in ms; NaN for fewer than three
   * beats.
   */
  readonly lnRmssd: number;
};

/**
 * The mean latent state of a stretch, and heart rate and ln RMSSD of the beats whose R peaks lie in it.
 *
 *     heart rate = 60 (n - 1) / (last beat - first beat)
 *     RMSSD = sqrt(sum of (RR(i + 1) - RR(i))^2 / (n - 2)) in ms, of n beats
 *
 * Throws RangeError unless the stretch lies within the recording.
 *
 * @param beats R peaks in seconds, ascending
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const trajectory = { level: 5, amplitude: 0, periodSeconds: 60, phase: 0 };
 * const truth = truthOf([0, 1, 1.5, 2.5], { arousal: trajectory, valence: trajectory }, {
 *   fromSeconds: 0,
 *   seconds: 3,
 *   recordingSeconds: 60,
 * });
 * assert.equal(truth.heartRateBpm, 72);
 * assert.ok(Math.abs(truth.lnRmssd - Math.log(500)) < 1e-12);
 * ```
 */
export function truthOf(
  beats: ArrayLike<number>,
  state: State,
  { fromSeconds, seconds, recordingSeconds }: {
    fromSeconds: number;
    seconds: number;
    recordingSeconds: number;
  },
): Truth {
  const toSeconds = fromSeconds + seconds;
  // Window edges come from sample numbers divided by a rate: allow for their rounding.
  if (!(fromSeconds >= 0 && seconds > 0 && toSeconds <= recordingSeconds + 1e-6)) {
    throw new RangeError(
      `Cannot tell the truth of a stretch: it must lie within 0 and ${recordingSeconds} s, ` +
        `got ${fromSeconds} to ${toSeconds} s`,
    );
  }
  const inside = Array.from(beats).filter((time) => time >= fromSeconds && time < toSeconds);
  const intervals = inside.slice(1).map((time, index) => time - inside[index]);
  const differences = intervals.slice(1).map((interval, index) => 1000 * (interval - intervals[index]));
  const stretch = { from: fromSeconds, to: toSeconds };
  return {
    arousal: meanOver(state.arousal, stretch),
    valence: meanOver(state.valence, stretch),
    heartRateBpm: 60 / mean(intervals),
    lnRmssd: Math.log(mean(differences.map((difference) => difference ** 2))) / 2,
  };
}

/** NaN for no values. */
function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
