/**
 * The z-score: over which samples its mean and deviation are taken, and how.
 *
 * @module
 */
import { centralValues } from "./selection.ts";
import { mergeMoments, type Moments, momentsOf, NO_MOMENTS } from "./moments.ts";
import type { Samples } from "./samples.ts";

/** Over which samples statistics are taken; whoever gathers those samples keeps to the scope. */
export const NORMALIZATION_SCOPES = {
  window: "each window by itself; usable on line, and amplitude differences between windows are lost",
  recording: "all windows of the recording; for test recordings unlabelled but transductive",
  subject: "all windows of the person, the published choice; for test people unlabelled but transductive",
  "training-fold": "all windows of the people who train the fold; nothing of the test people is used",
} as const;

/** The name of a scope. */
export type NormalizationScope = keyof typeof NORMALIZATION_SCOPES;

/** What a z-score subtracts and divides by. */
export interface Statistics {
  /** The mean, in the unit of the samples. */
  readonly mean: number;
  /** The standard deviation, in the unit of the samples, 0 or more. */
  readonly deviation: number;
}

/**
 * Mean and deviation, in one piece or in chunks that are read once.
 *
 * mean = sum x / n over all samples. deviation = sqrt(sum (x - m)^2 / k) over the k = n - 2 floor(n trim / 2)
 * samples that are left when the smallest and largest are taken away, m being the mean of those k: one artefact
 * of a hundred millivolts does not flatten the rest. Without trim, chunks are forgotten as they pass; with it,
 * a float64 copy of all samples of the scope is kept, 8 bytes each, until the deviation is known.
 *
 * Samples have any unit, which mean and deviation share; `trim` lies in [0, 1). Throws RangeError for another
 * trim, for no samples, and for a sample that is not finite.
 *
 * Source: Sarkar & Etemad 2020 (trim 0.05, "the central 95%"); the cut is that of `scipy.stats.trimboth`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const samples = Float64Array.of(100, 1, 2, 3, -6);
 * assert.deepEqual(statistics(samples, { trim: 0.4 }), { mean: 20, deviation: Math.sqrt(2 / 3) });
 * assert.deepEqual(statistics([Float64Array.of(1, 3), Float64Array.of(5, 7)], { trim: 0 }).mean, 4);
 * ```
 */
export function statistics(samples: Samples | Iterable<Samples>, { trim }: { trim: number }): Statistics {
  if (!(trim >= 0 && trim < 1)) {
    throw new RangeError(`Cannot take statistics: trim must be from 0 to below 1, got ${trim}`);
  }
  const chunks: Iterable<Samples> = isSamples(samples) ? [samples] : samples;
  let moments: Moments = NO_MOMENTS;
  let kept: Float64Array = new Float64Array(0);
  for (const chunk of chunks) {
    const before = moments.count;
    moments = mergeMoments(moments, momentsOf(chunk));
    if (trim > 0) {
      kept = withRoom(kept, moments.count);
      kept.set(chunk, before);
    }
  }
  if (moments.count === 0) {
    throw new RangeError("Cannot take statistics: at least one sample is needed, got 0");
  }
  // One sample that is not finite makes the sum of squares so.
  if (!Number.isFinite(moments.squares)) {
    throw new RangeError(
      `Cannot take statistics: every sample must be finite, got a mean of ${moments.mean}`,
    );
  }
  const cut = Math.floor(trim / 2 * moments.count);
  const central = cut === 0 ? moments : momentsOf(centralValues(kept.subarray(0, moments.count), { cut }));
  return { mean: moments.mean, deviation: Math.sqrt(central.squares / central.count) };
}

/**
 * The z-score, z = (x - mean) / deviation; all zeros where the deviation is 0.
 *
 * A constant signal carries nothing to scale, so it becomes zeros and not NaN; quality.ts calls it flat.
 * Takes and gives `[time]`, without unit; the input is left alone.
 *
 * Throws RangeError when the deviation is negative or not a number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const samples = Float64Array.of(1, 5);
 * assert.deepEqual(zScore(samples, statistics(samples, { trim: 0 })), Float64Array.of(-1, 1));
 * assert.deepEqual(zScore(samples, { mean: 3, deviation: 0 }), Float64Array.of(0, 0));
 * ```
 */
export function zScore(samples: Samples, { mean, deviation }: Statistics): Float64Array {
  if (!(deviation >= 0)) {
    throw new RangeError(`Cannot take z-scores: the deviation must be 0 or more, got ${deviation}`);
  }
  const scores = new Float64Array(samples.length);
  if (deviation === 0) return scores;
  for (let time = 0; time < samples.length; time++) scores[time] = (samples[time] - mean) / deviation;
  return scores;
}

function isSamples(samples: Samples | Iterable<Samples>): samples is Samples {
  return samples instanceof Float64Array || samples instanceof Float32Array;
}

/** The same values in an array of at least `length`; doubling keeps the copies few. */
function withRoom(values: Float64Array, length: number): Float64Array {
  if (length <= values.length) return values;
  const longer = new Float64Array(values.length === 0 ? length : Math.max(length, 2 * values.length));
  longer.set(values);
  return longer;
}
