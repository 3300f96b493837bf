/**
 * The spectrum of intervals, which lie at uneven times.
 *
 * @module
 */

/** A power spectral density on an even grid. */
export interface Spectrum {
  /** The frequencies in Hz, from one step up. */
  readonly frequenciesHz: Float64Array;
  /** The density in the squared unit of the values per Hz. */
  readonly density: Float64Array;
  /** From one frequency to the next, in Hz. */
  readonly stepHz: number;
}

/** Frequencies in one natural step, 1 / duration: more show the same spectrum more finely. */
const OVERSAMPLING = 4;

/**
 * The Lomb-Scargle periodogram of values at uneven times, scaled so that its integral is their variance.
 *
 * With y the values less their mean, and tau such that tan(2 w tau) = sum sin(2 w t) / sum cos(2 w t), w = 2 pi f:
 * P(f) = (sum y cos w(t - tau))^2 / (2 sum cos^2 w(t - tau)) + (sum y sin w(t - tau))^2 / (2 sum sin^2 w(t - tau)).
 * The grid goes in steps of 1 / (4 T), T = n times the mean distance, up to half the mean rate; the density is P times that factor with which
 * sum density step = sum y^2 / (n - 1).
 *
 * Takes at least three values at rising times in seconds, throws RangeError for fewer.
 *
 * Source: Lomb, Astrophys. Space Sci. 39 (1976) 447; Scargle, Astrophys. J. 263 (1982) 835; `scipy.signal.lombscargle`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const times = Float64Array.from({ length: 200 }, (_, index) => index + 0.2 * Math.sin(index));
 * const { density, frequenciesHz } = lombScargle(times.map((time) => Math.sin(2 * Math.PI * 0.1 * time)), times);
 * const highest = frequenciesHz[density.indexOf(Math.max(...density))];
 * assert.ok(Math.abs(highest - 0.1) < 0.002);
 * ```
 */
export function lombScargle(values: ArrayLike<number>, seconds: ArrayLike<number>): Spectrum {
  const count = values.length;
  if (count < 3) {
    throw new RangeError(`Cannot compute a spectrum: there must be at least 3 values, got ${count}`);
  }
  const mean = Array.from(values).reduce((sum, value) => sum + value, 0) / count;
  const centred = Float64Array.from(values, (value) => value - mean);
  const variance = centred.reduce((sum, value) => sum + value * value, 0) / (count - 1);
  const distance = (seconds[count - 1] - seconds[0]) / (count - 1);
  const stepHz = 1 / (OVERSAMPLING * count * distance), steps = Math.floor(1 / (2 * distance) / stepHz);
  const frequenciesHz = Float64Array.from({ length: steps }, (_, index) => (index + 1) * stepHz);
  const density = frequenciesHz.map((frequency) =>
    power(centred, { seconds, omega: 2 * Math.PI * frequency })
  );
  const integral = density.reduce((sum, value) => sum + value, 0) * stepHz;
  const scale = integral === 0 ? 0 : variance / integral;
  return { frequenciesHz, density: density.map((value) => value * scale), stepHz };
}

function power(
  centred: Float64Array,
  { seconds, omega }: { seconds: ArrayLike<number>; omega: number },
): number {
  let sines = 0, cosines = 0;
  for (let index = 0; index < centred.length; index++) {
    sines += Math.sin(2 * omega * seconds[index]);
    cosines += Math.cos(2 * omega * seconds[index]);
  }
  const shift = Math.atan2(sines, cosines) / 2;
  let withCosine = 0, withSine = 0, squaredCosines = 0, squaredSines = 0;
  for (let index = 0; index < centred.length; index++) {
    const angle = omega * seconds[index] - shift, cosine = Math.cos(angle), sine = Math.sin(angle);
    withCosine += centred[index] * cosine;
    withSine += centred[index] * sine;
    squaredCosines += cosine * cosine;
    squaredSines += sine * sine;
  }
  const share = (sum: number, squares: number) => squares === 0 ? 0 : sum * sum / (2 * squares);
  return share(withCosine, squaredCosines) + share(withSine, squaredSines);
}

/**
 * The power above `from` and up to `to` Hz: the density times the step, summed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const spectrum = { frequenciesHz: Float64Array.of(0.1, 0.2, 0.3), density: Float64Array.of(1, 2, 4), stepHz: 0.1 };
 * assert.ok(Math.abs(bandPower(spectrum, { from: 0.1, to: 0.3 }) - 0.6) < 1e-12);
 * ```
 */
export function bandPower(
  { frequenciesHz, density, stepHz }: Spectrum,
  { from, to }: { from: number; to: number },
): number {
  // Rounding must not push a frequency out of the band whose limit it is.
  const isIn = (frequency: number) => frequency > from * (1 + 1e-12) && frequency <= to * (1 + 1e-12);
  return density.reduce((sum, value, index) => isIn(frequenciesHz[index]) ? sum + value * stepHz : sum, 0);
}
