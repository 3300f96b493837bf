/**
 * Time-warp: pieces of the window run slower or faster.
 *
 * @module
 */
import type { Stream } from "../../random/stream.ts";

/** Parameters of {@linkcode warp}. */
export interface WarpParameters {
  /** Pieces that the window is cut into. */
  readonly pieces: number;
  /** How many times longer a stretched piece is, above 1; a squeezed one is as many times shorter. */
  readonly stretch: number;
}

/**
 * Stretches ⌈pieces / 2⌉ random pieces of the window, squeezes the others, and crops the result back to its length.
 *
 * A piece has floor(n / pieces) samples (what is left over is dropped) and becomes ⌈length · stretch⌉ or ⌈length / stretch⌉ samples
 * by linear interpolation; the place of the crop is random, every start equally likely. With 2560 samples and 9 pieces: 284 samples
 * each, 5 of them stretched to 299 and 4 squeezed to 271, 2579 in all, 20 starts.
 *
 * Throws RangeError when the warped pieces are shorter than the window.
 *
 * Source: `time_warp` in the code of Sarkar and Etemad (2020), whose crop never has the last start.
 */
export function warp(
  window: Float32Array,
  { pieces, stretch }: WarpParameters,
  stream: Stream,
): Float32Array {
  const length = Math.floor(window.length / pieces);
  const stretched = new Set(stream.shuffle(Array(pieces).keys()).slice(0, Math.ceil(pieces / 2)));
  const longer = Math.ceil(length * stretch), shorter = Math.ceil(length / stretch);
  const total = stretched.size * longer + (pieces - stretched.size) * shorter;
  if (length < 1 || total < window.length) {
    throw new RangeError(
      `Cannot warp a window: its ${pieces} warped pieces must have at least ${window.length} samples in all, got ${total}; ` +
        "choose fewer pieces, a larger stretch, or windows of another length (pretext.transformations.warp, signal.window)",
    );
  }
  const warped = new Float32Array(total);
  let offset = 0;
  for (let piece = 0; piece < pieces; piece++) {
    const samples = interpolate(
      window.subarray(piece * length, (piece + 1) * length),
      stretched.has(piece) ? longer : shorter,
    );
    warped.set(samples, offset);
    offset += samples.length;
  }
  const start = stream.integer(total - window.length + 1);
  return warped.slice(start, start + window.length);
}

/**
 * Resizes a signal to `length` samples by linear interpolation.
 *
 * Samples stand for equal cells of the same stretch of time, so sample i lies at (i + ½) · n / length - ½ of the old ones, held
 * at the ends: what OpenCV's `resize` with `INTER_LINEAR` does.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([...interpolate(Float32Array.of(0, 4), 4)], [0, 1, 3, 4]);
 * ```
 */
export function interpolate(signal: Float32Array, length: number): Float32Array {
  const last = signal.length - 1, ratio = signal.length / length;
  const resized = new Float32Array(length);
  for (let index = 0; index < length; index++) {
    const position = Math.min(Math.max((index + 0.5) * ratio - 0.5, 0), last);
    const left = Math.floor(position), share = position - left;
    resized[index] = signal[left] * (1 - share) + signal[Math.min(left + 1, last)] * share;
  }
  return resized;
}
