/**
 * Random series with a given power spectrum.
 *
 * @module
 */
import FFT from "fft.js";
import type { Stream } from "../../random/stream.ts";

/** The shape of a random series. */
export interface SeriesOptions {
  /** How many samples are needed; the series repeats after the next power of two. */
  readonly length: number;
  /** Samples a second. */
  readonly sampleRateHz: number;
  /** One-sided power spectral density at a frequency above 0, in squared units of the series per Hz. */
  readonly density: (frequencyHz: number) => number;
}

/**
 * A series of mean 0 with the given one-sided power spectral density, by an inverse FFT with random phases.
 *
 *     x(n) = sum over k of sqrt(2 S(f_k) df) cos(2 pi k n / N + phase_k),  0 < k < N / 2,
 *     f_k = k df,  df = sampleRateHz / N
 *
 * Over the N samples of a period its variance is the sum of S(f_k) df. Source: McSharry et al. 2003, who make
 * RR intervals so.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stream } from "../../random/stream.ts";
 * const series = randomPhaseSeries(stream(1, "tone"), {
 *   length: 8,
 *   sampleRateHz: 8,
 *   density: (frequencyHz) => frequencyHz === 2 ? 0.5 : 0,
 * });
 * assert.ok(Math.abs(series[0] ** 2 + series[1] ** 2 - 1) < 1e-12, "a sinusoid of amplitude 1 at 2 Hz");
 * ```
 */
export function randomPhaseSeries(
  stream: Stream,
  { length, sampleRateHz, density }: SeriesOptions,
): Float64Array {
  const size = 2 ** Math.max(1, Math.ceil(Math.log2(length))), stepHz = sampleRateHz / size;
  const spectrum = new Float64Array(2 * size), complex = new Float64Array(2 * size);
  for (let bin = 1; bin < size / 2; bin++) {
    const power = density(bin * stepHz);
    if (power === 0) continue;
    // Half of each cosine lies at the negative frequency; the real part below stands for both. The inverse
    // divides by N.
    const magnitude = size * Math.sqrt(2 * power * stepHz), phase = 2 * Math.PI * stream.uniform();
    spectrum[2 * bin] = magnitude * Math.cos(phase);
    spectrum[2 * bin + 1] = magnitude * Math.sin(phase);
  }
  planOf(size).inverseTransform(complex, spectrum);
  const series = new Float64Array(length);
  for (let sample = 0; sample < length; sample++) series[sample] = complex[2 * sample];
  return series;
}

/** Tables of sines by size: a dataset needs the same two sizes for every recording. */
const plans = new Map<number, FFT>();

function planOf(size: number): FFT {
  const plan = plans.get(size) ?? new FFT(size);
  plans.set(size, plan);
  return plan;
}
