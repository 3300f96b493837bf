/**
 * Mean and spread of samples that arrive in pieces.
 *
 * @module
 */
import type { Samples } from "./samples.ts";

/** What has to be kept of samples to know their mean and deviation. */
export interface Moments {
  /** How many samples there were. */
  readonly count: number;
  /** Their mean; 0 when there were none. */
  readonly mean: number;
  /** The sum of squared differences from the mean. */
  readonly squares: number;
}

/** The moments of no samples. */
export const NO_MOMENTS: Moments = { count: 0, mean: 0, squares: 0 };

/**
 * The moments of one piece: mean = sum x / n, squares = sum (x - mean)^2.
 *
 * Differences are taken from the first sample, so that a constant has squares of exactly 0. Takes `[time]`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(momentsOf(Float64Array.of(1, 2, 3, 6)), { count: 4, mean: 3, squares: 14 });
 * ```
 */
export function momentsOf(samples: Samples): Moments {
  const count = samples.length;
  if (count === 0) return NO_MOMENTS;
  const origin = samples[0];
  let sum = 0;
  for (let time = 0; time < count; time++) sum += samples[time] - origin;
  const shift = sum / count;
  let squares = 0;
  for (let time = 0; time < count; time++) {
    const difference = samples[time] - origin - shift;
    squares += difference * difference;
  }
  return { count, mean: origin + shift, squares };
}

/**
 * The moments of two pieces together, with d = mean_b - mean_a and n = n_a + n_b:
 * mean = mean_a + d n_b / n, squares = squares_a + squares_b + d^2 n_a n_b / n.
 *
 * Source: Chan, Golub & LeVeque, Am. Stat. 37 (1983) 242, equation 2.1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const together = mergeMoments(momentsOf(Float64Array.of(1, 2)), momentsOf(Float64Array.of(3, 6)));
 * assert.deepEqual(together, { count: 4, mean: 3, squares: 14 });
 * ```
 */
export function mergeMoments(a: Moments, b: Moments): Moments {
  const count = a.count + b.count;
  if (count === 0) return NO_MOMENTS;
  const difference = b.mean - a.mean, shareOfB = b.count / count;
  return {
    count,
    mean: a.mean + difference * shareOfB,
    squares: a.squares + b.squares + difference * difference * a.count * shareOfB,
  };
}
