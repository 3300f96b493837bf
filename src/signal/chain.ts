/**
 * From the samples of a lead to the signal that windows are cut from.
 *
 * @module
 */
import { butterworthBandpass, notch } from "./bandpass.ts";
import { bridgeGaps, findGaps } from "./gaps.ts";
import { butterworthHighpass, filterZeroPhase } from "./filter.ts";
import { resample } from "./resample.ts";

/** Rates, and the filters as the manifest's schema gives them. */
export interface PrepareOptions {
  /** The rate at which the lead was recorded. */
  readonly sampleRateHz: number;
  /** The rate of the result. */
  readonly resampleHz: number;
  /** Frequency of half power and number of poles of one pass, or false for no filter. */
  readonly highpass: { readonly cutoffHz: number; readonly order: number } | false;
  /** The band's frequencies of half power and the order of one pass, or false for no filter. Default false. */
  readonly bandpass?: { readonly fromHz: number; readonly toHz: number; readonly order: number } | false;
  /** The frequency that is taken away and the filter's quality, or false for no filter. Default false. */
  readonly notch?: { readonly frequencyHz: number; readonly quality: number } | false;
}

/**
 * Resamples a lead, then takes its drift away with a zero-phase Butterworth high-pass, or filters it by a band-pass or a notch filter
 * in the same way.
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
 * {@link resample}, {@link filterZeroPhase} or the design of a filter does.
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
  { sampleRateHz, resampleHz, highpass, bandpass = false, notch: stop = false }: PrepareOptions,
): Float64Array {
  const gaps = findGaps(samples);
  const whole = gaps.length > 0 ? bridgeGaps(samples, gaps) : samples;
  const resampled = resample(whole, { fromHz: sampleRateHz, toHz: resampleHz, around: "line" });
  const filters = [
    ...highpass ? [butterworthHighpass({ ...highpass, sampleRateHz: resampleHz })] : [],
    ...bandpass ? [butterworthBandpass({ ...bandpass, sampleRateHz: resampleHz })] : [],
    ...stop ? [notch({ ...stop, sampleRateHz: resampleHz })] : [],
  ];
  const prepared = filters.reduce(filterZeroPhase, resampled);
  for (const { start, end } of gaps) {
    // Outputs later than the sample before the gap and earlier than the one after it.
    const first = Math.floor((start - 1) * resampleHz / sampleRateHz) + 1;
    prepared.fill(NaN, Math.max(first, 0), Math.ceil(end * resampleHz / sampleRateHz));
  }
  return prepared;
}
