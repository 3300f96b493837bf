/**
 * Permutation of pieces.
 *
 * @module
 */
import type { Stream } from "../../random/stream.ts";

/**
 * Cuts the window into equal pieces and puts them in a random order.
 *
 * A piece has floor(n / pieces) samples; what is left over stays at the end. (2560 samples make 20 pieces of 128.) Every order
 * is equally likely, the old one included.
 *
 * Throws RangeError when the window has fewer samples than pieces.
 *
 * Source: `permute` in the code of Sarkar and Etemad (2020), which can only read windows that divide evenly.
 */
export function permute(window: Float32Array, { pieces }: { pieces: number }, stream: Stream): Float32Array {
  const length = Math.floor(window.length / pieces);
  if (length < 1) {
    throw new RangeError(
      `Cannot permute a window: it must have at least ${pieces} samples, got ${window.length}`,
    );
  }
  const permuted = window.slice();
  stream.shuffle(Array(pieces).keys()).forEach((from, to) => {
    permuted.set(window.subarray(from * length, (from + 1) * length), to * length);
  });
  return permuted;
}
