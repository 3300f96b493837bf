/**
 * From the samples of a lead to the signal that windows are cut from.
 *
 * @module
 */
import { bridgeGaps, findGaps } from "./gaps.ts";
import { butterworthHighpass, filterZeroPhase } from "./filter.ts";
import { resample } from "./resample.ts";

/** Rates, and the high-pass as the manifest's schema gives it. */
export interface PrepareOptions {
  /** The rate at which the lead was recorded. */
  readonly sampleRateHz: number;
  /** The rate of the result. */
  readonly resampleHz: number;
  /** Frequency of half power and number of poles of one pass, or false for no filter. */
  readonly highpass: { readonly cutoffHz: number; readonly order: number } | false;
}

/**
 * Resamples a lead, then takes its drift away with a zero-phase Butterworth high-pass.
 *
 * Away from the ends the two commute. Resampling comes first so that one filter, designed at one rate, serves every
 * dataset: its poles lie within 2 pi 0.8 / rate of the unit circle, and the higher the rate the worse the
 * rounding and the longer the work. The offset and drift that are still there then are kept out of the resampling, which works
 * on the signal less the straight line between its ends.
 *
 * Samples that are not finite are bridged by straight lines for the filters and are NaN again in the result,
 * with the samples between them and their neighbours: a gap costs the windows that it lies in, not the recording.
 *
 * Takes `[time]` in any unit and gives `[ceil(time resampleHz / sampleRateHz)]` in the same. Throws RangeError where
 * {@link resample}, {@link butterworthHighpass} or {@link filterZeroPhase} does.
 *
 * Source: Sarkar & Etemad 2020 (256 Hz, 0.8 Hz; the kind and order of the filter are this project's).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const flat = new Float64Array(3600).fill(2000);
 * const prepared = prepareSignal(flat, { sampleRateHz: 360, resampleHz: 256, highpass: { cutoffHz: 0.8, order: 2 } });
 * assert.equal(prepared.length, 2560);
 * assert.ok(prepared.every((value) => Math.abs(value) < 1e-9));
 * ```
 */
export function prepareSignal(
  samples: ArrayLike<number>,
  { sampleRateHz, resampleHz, highpass }: PrepareOptions,
): Float64Array {
  const gaps = findGaps(samples);
  const whole = gaps.length > 0 ? bridgeGaps(samples, gaps) : samples;
  const resampled = resample(whole, { fromHz: sampleRateHz, toHz: resampleHz, around: "line" });
  const prepared = highpass
    ? filterZeroPhase(resampled, butterworthHighpass({ ...highpass, sampleRateHz: resampleHz }))
    : resampled;
  for (const { start, end } of gaps) {
    // Outputs later than the sample before the gap and earlier than the one after it.
    const first = Math.floor((start - 1) * resampleHz / sampleRateHz) + 1;
    prepared.fill(NaN, Math.max(first, 0), Math.ceil(end * resampleHz / sampleRateHz));
  }
  return prepared;
}
