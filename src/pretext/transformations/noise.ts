/**
 * Noise at a signal-to-noise ratio.
 *
 * @module
 */
import type { Stream } from "../../random/stream.ts";

/**
 * Adds Gaussian noise whose variance is the window's power, mean(x²), divided by 10^(snrDb / 10).
 *
 * The power is that of the window itself, its mean included; a window of zeros stays one.
 *
 * Source: `add_noise_with_SNR` in the code of Sarkar and Etemad (2020).
 */
export function noise(window: Float32Array, { snrDb }: { snrDb: number }, stream: Stream): Float32Array {
  const power = window.reduce((sum, value) => sum + value * value, 0) / window.length;
  const deviation = Math.sqrt(power / 10 ** (snrDb / 10));
  return window.map((value) => value + deviation * stream.normal());
}
