/**
 * The design of digital Butterworth filters as second-order sections.
 *
 * @module
 */

/**
 * One second-order section,
 * H(z) = (b0 + b1 z^-1 + b2 z^-2) / (1 + a1 z^-1 + a2 z^-2).
 */
export interface SecondOrderSection {
  /** `[b0, b1, b2]`. */
  readonly numerator: readonly [number, number, number];
  /** `[1, a1, a2]`. */
  readonly denominator: readonly [1, number, number];
}

/** What a Butterworth filter is designed from. */
export interface ButterworthOptions {
  /** Number of poles, a whole number from 1. */
  readonly order: number;
  /** The frequency of half power (-3 dB) in one pass, between 0 and half the sampling rate. */
  readonly cutoffHz: number;
  /** Samples per second of the signal to be filtered. */
  readonly sampleRateHz: number;
}

/**
 * The Butterworth high-pass filter, |H(f)|^2 = 1 / (1 + (w_c / w)^(2 order)) with w = tan(pi f / f_s).
 *
 * The bilinear transform of the analogue prototype with the cutoff prewarped. Sections come in SciPy's order
 * and pairing: the poles nearest the unit circle last, each with the nearest zeros, the gain in the first.
 *
 * Throws RangeError for an order that is not a whole number from 1 or a cutoff outside (0, f_s / 2).
 *
 * Source: `scipy.signal.butter(order, cutoff, "highpass", output="sos")`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * // A quarter of the sampling rate makes tan(pi f / f_s) one, and the pole zero.
 * const [section] = butterworthHighpass({ order: 1, cutoffHz: 64, sampleRateHz: 256 });
 * const rounded = section.numerator.map((b) => Math.round(b * 1e12) / 1e12);
 * assert.deepEqual(rounded, [0.5, -0.5, 0]);
 * ```
 */
export function butterworthHighpass(options: ButterworthOptions): SecondOrderSection[] {
  return design(options, { edgeZero: 1, gain: () => 1 });
}

/**
 * The Butterworth low-pass filter, |H(f)|^2 = 1 / (1 + (w / w_c)^(2 order)) with w = tan(pi f / f_s).
 *
 * The same design as {@link butterworthHighpass} with its zeros at half the sampling rate instead of at 0 Hz.
 *
 * Throws RangeError for an order that is not a whole number from 1 or a cutoff outside (0, f_s / 2).
 *
 * Source: `scipy.signal.butter(order, cutoff, "lowpass", output="sos")`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [section] = butterworthLowpass({ order: 2, cutoffHz: 40, sampleRateHz: 256 });
 * const gainAtRest = section.numerator.reduce((a, b) => a + b) / section.denominator.reduce((a, b) => a + b, 0);
 * assert.ok(Math.abs(gainAtRest - 1) < 1e-12);
 * ```
 */
export function butterworthLowpass(options: ButterworthOptions): SecondOrderSection[] {
  return design(options, { edgeZero: -1, gain: (warped) => warped ** options.order });
}

/** How the pass-bands differ: where all zeros lie, and the gain of the analogue filter. */
interface PassBand {
  readonly edgeZero: 1 | -1;
  readonly gain: (warped: number) => number;
}

function design(options: ButterworthOptions, { edgeZero, gain }: PassBand): SecondOrderSection[] {
  const { order, cutoffHz, sampleRateHz } = options;
  if (!Number.isInteger(order) || order < 1) {
    throw new RangeError(
      `Cannot design a Butterworth filter: the order must be a whole number from 1, got ${order}`,
    );
  }
  if (!(cutoffHz > 0 && cutoffHz < sampleRateHz / 2 && Number.isFinite(sampleRateHz))) {
    throw new RangeError(
      `Cannot design a Butterworth filter: the cutoff must lie between 0 and half the sampling rate of ` +
        `${sampleRateHz} Hz, got ${cutoffHz} Hz`,
    );
  }
  const warped = Math.tan(Math.PI * cutoffHz / sampleRateHz);
  // The bilinear transform z = (1 + s) / (1 - s) of the prototype's poles s = warped * (-cos + i sin), in closed
  // form: without complex numbers a pair stays an exact pair.
  const pairs: { real: number; imaginary: number; squaredRadius: number }[] = [];
  let scale = gain(warped);
  for (let position = 1 + order % 2; position < order; position += 2) {
    const angle = Math.PI * position / (2 * order);
    const damping = 2 * warped * Math.cos(angle);
    const divisor = 1 + damping + warped * warped;
    pairs.push({
      real: (1 - warped * warped) / divisor,
      imaginary: 2 * warped * Math.sin(angle) / divisor,
      squaredRadius: (1 - damping + warped * warped) / divisor,
    });
    scale /= divisor;
  }
  const denominators = pairs.map((
    { real, squaredRadius },
  ): [1, number, number] => [1, -2 * real, squaredRadius]);
  let zeroAtOrigin = denominators.map(() => false);
  if (order % 2 === 1) {
    const real = (1 - warped) / (1 + warped);
    scale /= 1 + warped;
    // An odd order gets a pole and a zero at the origin, which cancel. The zero goes to the worst pole that lies
    // nearer to it than to the other zeros, and to the real pole where there is none.
    const taker = pairs.findLastIndex((pole) => pole.real * edgeZero < 0.5);
    zeroAtOrigin = [taker < 0, ...pairs.map((_, index) => index === taker)];
    denominators.unshift([1, -real, 0]);
  }
  return denominators.map((denominator, index) => {
    const factor = index === 0 ? scale : 1;
    const numerator: [number, number, number] = zeroAtOrigin[index]
      ? [factor, -edgeZero * factor, 0]
      : [factor, -2 * edgeZero * factor, factor];
    return { numerator, denominator };
  });
}
