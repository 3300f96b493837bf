/**
 * Cutting a signal into windows.
 *
 * @module
 */
import type { Samples } from "./samples.ts";

/** How a signal is cut. */
export interface WindowOptions {
  /** Samples in a window. */
  readonly length: number;
  /** Samples from one start to the next; below the length, windows overlap. */
  readonly stride: number;
}

/** One window: a view of the signal that it was cut from. */
export interface Window<S extends Samples> {
  /** Position of the first sample. */
  readonly start: number;
  /** Its samples, `[length]`. */
  readonly samples: S;
}

/**
 * The number of samples in a window, seconds x rate.
 *
 * Throws RangeError unless that is a whole number from 1, see {@link isWholeLength}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(windowLength({ seconds: 10, sampleRateHz: 256 }), 2560);
 * assert.throws(() => windowLength({ seconds: 0.3, sampleRateHz: 256 }), RangeError);
 * ```
 */
export function windowLength({ seconds, sampleRateHz }: { seconds: number; sampleRateHz: number }): number {
  const length = seconds * sampleRateHz;
  if (!isWholeLength(length)) {
    throw new RangeError(
      `Cannot cut windows of ${seconds} s at ${sampleRateHz} Hz: they must be a whole number of samples, got ${length}`,
    );
  }
  return Math.round(length);
}

/**
 * Whether a product of seconds and rate is a whole number from 1, to 1e-9: binary fractions only come near to
 * most lengths and rates.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.ok(isWholeLength(0.1 * 30)); // 3.0000000000000004
 * ```
 */
export function isWholeLength(length: number): boolean {
  const whole = Math.round(length);
  return whole >= 1 && Math.abs(length - whole) <= 1e-9 * whole;
}

/**
 * The positions where windows start: 0, stride, 2 stride, ..., while the whole window fits.
 *
 * What is left at the end is dropped; a signal shorter than a window gives none. Throws RangeError unless length
 * and stride are whole numbers from 1 and the number of samples one from 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(windowStarts({ samples: 10, length: 4, stride: 3 }), [0, 3, 6]);
 * ```
 */
export function windowStarts(
  { samples, length, stride }: WindowOptions & { readonly samples: number },
): number[] {
  for (
    const [name, value, least] of [["samples", samples, 0], ["length", length, 1], [
      "stride",
      stride,
      1,
    ]] as const
  ) {
    if (!Number.isInteger(value) || value < least) {
      throw new RangeError(`Cannot cut windows: ${name} must be a whole number from ${least}, got ${value}`);
    }
  }
  const starts: number[] = [];
  for (let start = 0; start + length <= samples; start += stride) starts.push(start);
  return starts;
}

/**
 * The windows of a signal in the order of time, each `[length]`, a view and not a copy.
 *
 * Throws as {@link windowStarts} does.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const cut = [...windows(Float64Array.of(1, 2, 3, 4, 5), { length: 2, stride: 2 })];
 * assert.deepEqual(cut.map(({ samples }) => [...samples]), [[1, 2], [3, 4]]);
 * ```
 */
export function* windows<S extends Samples>(
  signal: S,
  { length, stride }: WindowOptions,
): Generator<Window<S>> {
  for (const start of windowStarts({ samples: signal.length, length, stride })) {
    yield { start, samples: signal.subarray(start, start + length) as S };
  }
}

/**
 * The samples of the original signal that lie in the time of a window of the resampled one, `[start, end)`.
 *
 * Sample i of the original lies in it when start / toHz <= i / fromHz < (start + length) / toHz. Quality is judged
 * there: filters hide plateaus.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const range = originalRange({ start: 256, length: 2560 }, { fromHz: 360, toHz: 256 });
 * assert.deepEqual(range, { start: 360, end: 3960 });
 * ```
 */
export function originalRange(
  { start, length }: { start: number; length: number },
  { fromHz, toHz }: { fromHz: number; toHz: number },
): { start: number; end: number } {
  return { start: Math.ceil(start * fromHz / toHz), end: Math.ceil((start + length) * fromHz / toHz) };
}
