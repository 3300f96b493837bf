/**
 * Resampling by a rational ratio.
 *
 * @module
 */
import { antiAliasingTaps } from "./kaiser.ts";

/** The largest term of a ratio of rates; the anti-aliasing filter has twenty times as many taps. */
const LARGEST_TERM = 10_000;
/** A ratio this near to the rates' own shifts the last sample of a day at 1000 Hz by less than a hundredth. */
const RATIO_TOLERANCE = 1e-10;

/** Rates, and what the signal is taken to be beyond its ends. */
export interface ResampleOptions {
  /** The rate that the samples have. */
  readonly fromHz: number;
  /** The rate that they are to have. */
  readonly toHz: number;
  /**
   * What the signal fluctuates around and is taken to be beyond its ends. `zero` is SciPy's default: an offset then
   * rings at both ends and leaves a ripple of some 2e-4 of itself. `line`: the straight line from the first sample to
   * the last is taken off before and put back after, so that every straight line stays what it is.
   */
  readonly around?: "zero" | "line";
}

/**
 * Resamples with a polyphase anti-aliasing filter, y[m] = up sum_n x[n] h[m down - n up], up / down = toHz / fromHz.
 *
 * h is a windowed sinc of 20 max(up, down) + 1 taps, cut off at half the lower rate, Kaiser window with beta = 5,
 * sum 1; it has no delay. The first sample keeps its time; there are ceil(n up / down) samples. Equal rates give
 * a copy. Only the products that reach an output are computed.
 *
 * Takes and gives `[time]`; the input is left alone. Throws RangeError when a rate is not positive or the ratio
 * is no fraction of whole numbers up to 10,000 (to 1e-10).
 *
 * Source: `scipy.signal.resample_poly(x, up, down)`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const second = Float64Array.from({ length: 360 }, (_, i) => Math.sin(2 * Math.PI * 5 * i / 360));
 * const resampled = resample(second, { fromHz: 360, toHz: 256 });
 * assert.equal(resampled.length, 256);
 * assert.ok(Math.abs(resampled[128 + 13] - Math.sin(2 * Math.PI * 5 * 141 / 256)) < 1e-3);
 * ```
 */
export function resample(
  samples: ArrayLike<number>,
  { fromHz, toHz, around = "zero" }: ResampleOptions,
): Float64Array {
  const { up, down } = ratioOfRates({ fromHz, toHz });
  if (up === down || samples.length === 0) return Float64Array.from(samples);
  const line = around === "line" ? endToEnd(samples) : { start: 0, slope: 0 };
  const resampled = convolve(samples, { up, down, line }).slice(0, Math.ceil(samples.length * up / down));
  for (let time = 0; time < resampled.length; time++) {
    resampled[time] += line.start + line.slope * (time * down / up);
  }
  return resampled;
}

/**
 * The whole numbers up and down with up / down = toHz / fromHz in lowest terms, by continued fractions.
 *
 * Throws RangeError when a rate is not positive or no terms up to 10,000 come within 1e-10.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(ratioOfRates({ fromHz: 360, toHz: 256 }), { up: 32, down: 45 });
 * assert.deepEqual(ratioOfRates({ fromHz: 62.5, toHz: 250 }), { up: 4, down: 1 });
 * ```
 */
export function ratioOfRates(
  { fromHz, toHz }: { fromHz: number; toHz: number },
): { up: number; down: number } {
  const ratio = toHz / fromHz;
  if (!(fromHz > 0 && toHz > 0 && Number.isFinite(ratio) && ratio > 0)) {
    throw new RangeError(`Cannot resample: both rates must be positive, got ${fromHz} Hz and ${toHz} Hz`);
  }
  let [previousUp, previousDown, up, down] = [1, 0, Math.floor(ratio), 1];
  let rest = ratio - up;
  while (
    Math.abs(up / down - ratio) > RATIO_TOLERANCE * ratio && up <= LARGEST_TERM && down <= LARGEST_TERM
  ) {
    const reciprocal = 1 / rest, term = Math.floor(reciprocal);
    rest = reciprocal - term;
    [previousUp, previousDown, up, down] = [up, down, term * up + previousUp, term * down + previousDown];
  }
  if (up > LARGEST_TERM || down > LARGEST_TERM) {
    throw new RangeError(
      `Cannot resample: the ratio of the rates must be a fraction of whole numbers up to ${LARGEST_TERM}, ` +
        `got ${fromHz} Hz to ${toHz} Hz`,
    );
  }
  return { up, down };
}

/** A straight line, start + slope time. */
interface Line {
  readonly start: number;
  readonly slope: number;
}

/** The line from the first sample to the last. */
function endToEnd(samples: ArrayLike<number>): Line {
  const last = samples.length - 1;
  return { start: samples[0], slope: last > 0 ? (samples[last] - samples[0]) / last : 0 };
}

/** The samples less the line, filtered, at the new rate; the length is rounded up to whole blocks. */
function convolve(
  samples: ArrayLike<number>,
  { up, down, line }: { up: number; down: number; line: Line },
): Float64Array {
  const { phases, tapsPerPhase, halfLength } = polyphase({ up, down });
  // Every `up` outputs, after `down` inputs, the phases come again. Four such cycles are computed side by side:
  // a tap is then read once for four products, which is twice as fast as one output at a time.
  const cycles = 4 * Math.ceil(samples.length / down / 4);
  const padded = new Float64Array(cycles * down + 2 * tapsPerPhase);
  for (let time = 0; time < samples.length; time++) {
    padded[tapsPerPhase + time] = samples[time] - line.start - line.slope * time;
  }
  const filtered = new Float64Array(cycles * up);
  for (let cycle = 0; cycle < cycles; cycle += 4) {
    for (let position = 0; position < up; position++) {
      // On the axis of rate up fromHz, where inputs are up apart: where the filter that is centred on this output ends.
      const end = position * down + halfLength;
      const taps = (end % up) * tapsPerPhase;
      const first = cycle * down + Math.floor(end / up) + 1;
      const second = first + down, third = second + down, fourth = third + down;
      let a = 0, b = 0, c = 0, d = 0;
      for (let tap = 0; tap < tapsPerPhase; tap++) {
        const weight = phases[taps + tap];
        a += weight * padded[first + tap];
        b += weight * padded[second + tap];
        c += weight * padded[third + tap];
        d += weight * padded[fourth + tap];
      }
      const output = cycle * up + position;
      filtered[output] = a;
      filtered[output + up] = b;
      filtered[output + 2 * up] = c;
      filtered[output + 3 * up] = d;
    }
  }
  return filtered;
}

/** The filter cut into `up` phases, each reversed so that inputs and taps are read alike; `[up, tapsPerPhase]`. */
function polyphase({ up, down }: { up: number; down: number }) {
  const longer = Math.max(up, down);
  const halfLength = 10 * longer;
  const taps = antiAliasingTaps({ halfLength, cutoff: 1 / longer, beta: 5 });
  const tapsPerPhase = Math.ceil(taps.length / up);
  const phases = new Float64Array(up * tapsPerPhase);
  taps.forEach((tap, position) => {
    const newer = Math.floor(position / up);
    phases[(position % up + 1) * tapsPerPhase - 1 - newer] = up * tap;
  });
  return { phases, tapsPerPhase, halfLength };
}
