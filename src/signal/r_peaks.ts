/**
 * Where the heart beats in an ECG.
 *
 * @module
 */
import { beatSequence } from "./beat_sequence.ts";
import { filterZeroPhase, shortestFilterable } from "./filter.ts";
import { bridgeGaps, findGaps } from "./gaps.ts";
import { qrsBand, qrsCandidates } from "./qrs_candidates.ts";

/** The lowest rate at which R-peaks are looked for: four times the upper end of the band. */
export const LOWEST_RATE_HZ = 100;

/** How far the peak of a complex can lie from where its energy is largest. */
const REACH_SECONDS = 0.07;

/**
 * The positions of the R-peaks of an ECG of either polarity, increasing.
 *
 * Candidates are the maxima of energy from 6 to 25 Hz; the most credible sequence of them is chosen by dynamic programming, which
 * weighs their strength against that of the beats and of what lies between beats around them, and their intervals against the usual one
 * (see `beat_sequence.ts`). A peak is then the extreme of the filtered signal within 70 ms, on the side, the same for all beats,
 * on which peaks are higher: the intervals between peaks hold no jumps from R to S.
 *
 * It looks ahead and back, in all of the signal, and is not made for use on line. It says nothing of whether there is an ECG: in
 * ventricular flutter, in noise and in other signals it finds what is most like beats.
 *
 * Takes `[time]` in any unit at 100 Hz or more, with NaN where samples are missing (no peaks are there); scale, offset and
 * sign make no difference. Gives none for a signal that is flat or shorter than 16 samples. Throws RangeError for a lower rate.
 *
 * On the MIT-BIH Arrhythmia Database `bench/beats.ts` prints how many beats it finds, beside Pan and Tompkins's method.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const beat = (seconds: number) => Math.exp(-((seconds / 0.015) ** 2));
 * const ecg = Float64Array.from({ length: 1000 }, (_, time) => [0.5, 1.25, 2.1, 3].reduce((sum, at) => sum + beat(time / 250 - at), 0));
 * assert.deepEqual(detectRPeaks(ecg, { sampleRateHz: 250 }), Int32Array.of(125, 313, 525, 750));
 * ```
 */
export function detectRPeaks(
  samples: ArrayLike<number>,
  { sampleRateHz }: { sampleRateHz: number },
): Int32Array {
  if (!(sampleRateHz >= LOWEST_RATE_HZ && Number.isFinite(sampleRateHz))) {
    throw new RangeError(
      `Cannot detect R-peaks: the sampling rate must be at least ${LOWEST_RATE_HZ} Hz, got ${sampleRateHz} Hz`,
    );
  }
  const sections = qrsBand({ sampleRateHz });
  if (samples.length < shortestFilterable(sections)) return new Int32Array();
  const gaps = findGaps(samples);
  const filtered = filterZeroPhase(gaps.length > 0 ? bridgeGaps(samples, gaps) : samples, sections);
  const candidates = qrsCandidates(filtered, { sampleRateHz });
  const beats = beatSequence(candidates, { sampleRateHz }).map((index) => candidates.positions[index]);
  return peaksNear(beats, { filtered, reach: Math.round(REACH_SECONDS * sampleRateHz) })
    .filter((peak) => Number.isFinite(samples[peak]));
}

/** The extreme of the signal near each beat, on the side on which extremes are larger. */
function peaksNear(
  beats: Int32Array,
  { filtered, reach }: { filtered: Float64Array; reach: number },
): Int32Array {
  const highest = new Int32Array(beats.length), lowest = new Int32Array(beats.length);
  let upright = 0;
  beats.forEach((beat, index) => {
    let high = beat, low = beat;
    for (let time = Math.max(0, beat - reach); time <= Math.min(filtered.length - 1, beat + reach); time++) {
      if (filtered[time] > filtered[high]) high = time;
      if (filtered[time] < filtered[low]) low = time;
    }
    [highest[index], lowest[index]] = [high, low];
    upright += (filtered[high] + filtered[low]) / (filtered[high] - filtered[low]);
  });
  return upright >= 0 ? highest : lowest;
}
