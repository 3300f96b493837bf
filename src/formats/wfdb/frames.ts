/**
 * Signals of one WFDB record that differ in rate or begin at different times, brought to one time.
 *
 * A frame holds the samples of one interval of the record's rate: one of most signals, several of faster ones.
 *
 * @module
 */

/** How many samples of a signal a frame has. */
interface InFrame {
  readonly samplesPerFrame: number;
}

/**
 * Moves a signal that was stored `skew` frames late to its time; NaN where the file has no more of it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(unskewed(Float64Array.of(1, 2, 3), { skew: 1, samplesPerFrame: 1 }), Float64Array.of(2, 3, NaN));
 * ```
 */
export function unskewed(
  values: Float64Array,
  { skew, samplesPerFrame }: InFrame & { readonly skew: number },
): Float64Array {
  if (skew === 0) return values;
  const moved = new Float64Array(values.length).fill(NaN);
  moved.set(values.subarray(Math.min(values.length, skew * samplesPerFrame)));
  return moved;
}

/**
 * A signal with `wanted` samples in each frame: averages for 1, NaN where a sample is missing; otherwise sample
 * `floor(i * samplesPerFrame / wanted)` of the frame as its sample i, which repeats samples of slower signals.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const values = Float64Array.of(1, 2, 3, 5);
 * assert.deepEqual(inFrames(values, { samplesPerFrame: 2, wanted: 1 }), Float64Array.of(1.5, 4));
 * assert.deepEqual(inFrames(values.subarray(2), { samplesPerFrame: 1, wanted: 2 }), Float64Array.of(3, 3, 5, 5));
 * ```
 */
export function inFrames(
  values: Float64Array,
  { samplesPerFrame, wanted }: InFrame & { readonly wanted: number },
): Float64Array {
  if (samplesPerFrame === wanted) return values;
  const frames = values.length / samplesPerFrame, result = new Float64Array(frames * wanted);
  for (let frame = 0; frame < frames; frame++) {
    const start = frame * samplesPerFrame;
    if (wanted === 1) {
      let sum = 0;
      for (let member = 0; member < samplesPerFrame; member++) sum += values[start + member];
      result[frame] = sum / samplesPerFrame;
      continue;
    }
    for (let member = 0; member < wanted; member++) {
      result[frame * wanted + member] = values[start + Math.floor(member * samplesPerFrame / wanted)];
    }
  }
  return result;
}
