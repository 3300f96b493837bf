/**
 * The design of digital filters that pass a band, or stop one frequency, as second-order sections.
 *
 * @module
 */
import type { SecondOrderSection } from "./butterworth.ts";

/** What a Butterworth band-pass is designed from. */
export interface BandpassOptions {
  /** Poles of the low-pass that it is made from, a whole number from 1; the band-pass has twice as many. */
  readonly order: number;
  /** The lower frequency of half power (-3 dB) in one pass, above 0. */
  readonly fromHz: number;
  /** The upper one, below half the sampling rate. */
  readonly toHz: number;
  /** Samples per second of the signal to be filtered. */
  readonly sampleRateHz: number;
}

/** What a notch filter is designed from. */
export interface NotchOptions {
  /** The frequency that it takes away, between 0 and half the sampling rate. */
  readonly frequencyHz: number;
  /** The frequency over the width of the band between half powers (-3 dB) in one pass, above 0. */
  readonly quality: number;
  /** Samples per second of the signal to be filtered. */
  readonly sampleRateHz: number;
}

/** A complex number. */
interface Complex {
  readonly real: number;
  readonly imaginary: number;
}

/**
 * The Butterworth band-pass filter,
 * |H(f)|^2 = 1 / (1 + ((w^2 - w_1 w_2) / (w (w_2 - w_1)))^(2 order)) with w = tan(pi f / f_s).
 *
 * The low-pass prototype with s replaced by (s^2 + w_1 w_2) / (s (w_2 - w_1)), then the bilinear transform. Each section has one zero
 * at 0 Hz and one at half the sampling rate; the gain, 1 where w^2 = w_1 w_2, is in the first.
 *
 * Throws RangeError for an order that is not a whole number from 1, and unless 0 < from < to < f_s / 2.
 *
 * Source: `scipy.signal.butter(order, [from, to], "bandpass", output="sos")`, whose sections pair the same zeros otherwise.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const sections = butterworthBandpass({ order: 3, fromHz: 5, toHz: 15, sampleRateHz: 256 });
 * assert.equal(sections.length, 3);
 * assert.ok(sections.every(({ numerator: [first, middle, last] }) => middle === 0 && first === -last));
 * ```
 */
export function butterworthBandpass(
  { order, fromHz, toHz, sampleRateHz }: BandpassOptions,
): SecondOrderSection[] {
  if (!Number.isInteger(order) || order < 1) {
    throw new RangeError(
      `Cannot design a band-pass filter: the order must be a whole number from 1, got ${order}`,
    );
  }
  if (!(fromHz > 0 && fromHz < toHz && toHz < sampleRateHz / 2 && Number.isFinite(sampleRateHz))) {
    throw new RangeError(
      `Cannot design a band-pass filter: its band must lie between 0 and half the sampling rate of ${sampleRateHz} Hz, ` +
        `got ${fromHz} to ${toHz} Hz`,
    );
  }
  const [low, high] = [fromHz, toHz].map((frequency) => Math.tan(Math.PI * frequency / sampleRateHz));
  const poles = prototypePoles(order).map((pole) =>
    bandPoles(pole, { width: high - low, square: low * high })
  );
  const denominators = poles.flat();
  const centre = 2 * Math.atan(Math.sqrt(low * high));
  const gain = denominators.reduce((product, denominator) => product * gainAt(centre, denominator), 1);
  return denominators.map((denominator, index) => {
    const factor = index === 0 ? 1 / gain : 1;
    return { numerator: [factor, 0, -factor], denominator };
  });
}

/**
 * The filter that takes one frequency away, H(z) = g (1 - 2 cos(w) z^-1 + z^-2) / (1 - 2 g cos(w) z^-1 + (2 g - 1) z^-2) with
 * w = 2 pi f / f_s and g = 1 / (1 + tan(w / (2 quality))).
 *
 * Throws RangeError for a frequency outside (0, f_s / 2) or a quality that is not above 0.
 *
 * Source: `scipy.signal.iirnotch(frequency, quality, fs)`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [{ numerator }] = notch({ frequencyHz: 64, quality: 30, sampleRateHz: 256 });
 * // Zeros on the unit circle at a quarter of the sampling rate.
 * assert.ok(Math.abs(numerator[1]) < 1e-15 && numerator[0] === numerator[2]);
 * ```
 */
export function notch({ frequencyHz, quality, sampleRateHz }: NotchOptions): [SecondOrderSection] {
  if (!(frequencyHz > 0 && frequencyHz < sampleRateHz / 2 && Number.isFinite(sampleRateHz))) {
    throw new RangeError(
      `Cannot design a notch filter: the frequency must lie between 0 and half the sampling rate of ${sampleRateHz} Hz, ` +
        `got ${frequencyHz} Hz`,
    );
  }
  if (!(quality > 0 && Number.isFinite(quality))) {
    throw new RangeError(`Cannot design a notch filter: the quality must be above 0, got ${quality}`);
  }
  const angle = 2 * Math.PI * frequencyHz / sampleRateHz;
  const gain = 1 / (1 + Math.tan(angle / (2 * quality))), middle = -2 * gain * Math.cos(angle);
  return [{ numerator: [gain, middle, gain], denominator: [1, middle, 2 * gain - 1] }];
}

/** The poles of the low-pass prototype in the upper half plane and on the real axis. */
function prototypePoles(order: number): Complex[] {
  return Array.from({ length: Math.ceil(order / 2) }, (_, index) => {
    const angle = Math.PI * (2 * index + 1) / (2 * order), isReal = 2 * index + 1 === order;
    return { real: -Math.sin(angle), imaginary: isReal ? 0 : Math.cos(angle) };
  });
}

/** The denominators that a pole of the prototype, with its conjugate, becomes. */
function bandPoles(
  pole: Complex,
  { width, square }: { width: number; square: number },
): [1, number, number][] {
  const half = { real: pole.real * width / 2, imaginary: pole.imaginary * width / 2 };
  const root = squareRoot({
    real: half.real ** 2 - half.imaginary ** 2 - square,
    imaginary: 2 * half.real * half.imaginary,
  });
  const [one, other] = [1, -1].map((sign) =>
    bilinear({ real: half.real + sign * root.real, imaginary: half.imaginary + sign * root.imaginary })
  );
  // A real pole becomes a pair: two conjugates, or two real ones where the band is wide.
  if (pole.imaginary === 0) {
    const product = one.real * other.real - one.imaginary * other.imaginary;
    return [[1, -(one.real + other.real), product]];
  }
  return [one, other].map(({ real, imaginary }) => [1, -2 * real, real ** 2 + imaginary ** 2]);
}

/** z = (1 + s) / (1 - s). */
function bilinear({ real, imaginary }: Complex): Complex {
  const divisor = (1 - real) ** 2 + imaginary ** 2;
  return { real: (1 - real ** 2 - imaginary ** 2) / divisor, imaginary: 2 * imaginary / divisor };
}

function squareRoot({ real, imaginary }: Complex): Complex {
  const length = Math.hypot(real, imaginary);
  const upper = Math.sqrt((length + Math.abs(real)) / 2);
  // The larger part first: the other follows without cancellation.
  const lower = upper === 0 ? 0 : Math.abs(imaginary) / (2 * upper);
  const sign = imaginary < 0 ? -1 : 1;
  return real >= 0 ? { real: upper, imaginary: sign * lower } : { real: lower, imaginary: sign * upper };
}

/** |1 - z^-2| / |1 + a1 z^-1 + a2 z^-2| at an angle of the unit circle. */
function gainAt(angle: number, [, first, second]: readonly [number, number, number]): number {
  const real = 1 + first * Math.cos(angle) + second * Math.cos(2 * angle);
  const imaginary = first * Math.sin(angle) + second * Math.sin(2 * angle);
  return 2 * Math.abs(Math.sin(angle)) / Math.hypot(real, imaginary);
}
