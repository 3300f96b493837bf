/**
 * When a training has converged.
 *
 * @module
 */

/** Below this loss, in nats, there is nothing left to gain: the right class has a probability of about 0.99. */
const LEARNED = 0.01;

/** The last part of a training may be so much better than the one before, and no more. */
const LARGEST_FALL = 0.01;

/** What a training with validation labels has seen of them. */
export interface Watched {
  /** The lowest validation loss. */
  readonly lowest: number;
  /** Evaluations since the lowest loss. */
  readonly sinceLowest: number;
  /** Evaluations without a lower loss that are enough. */
  readonly patience: number;
}

/**
 * Whether a training has converged; `losses` are its training losses, one a step.
 *
 * With validation: the loss has not fallen for `patience` evaluations when training ends, by patience or because the limit came, or its lowest is
 * below 0.01 nats. Without: the mean training loss of the last tenth of the steps is less than 1% below that of the tenth
 * before, or below 0.01 nats. (A small budget is learned by heart, and its loss then falls by a steady share for ever.)
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const losses = [9, 8, 7, 6, 5, 4, 3, 2, 1];
 * assert.equal(hasConverged([...losses, 0.995]), true);
 * assert.equal(hasConverged([...losses, 0.98]), false);
 * assert.equal(hasConverged(losses, { lowest: 0.5, sinceLowest: 10, patience: 10 }), true);
 * ```
 */
export function hasConverged(losses: readonly number[], watched?: Watched): boolean {
  if (watched !== undefined) return watched.sinceLowest >= watched.patience || watched.lowest < LEARNED;
  const tenth = tenthOf(losses), last = finalLoss(losses);
  return last < LEARNED || last > (1 - LARGEST_FALL) * mean(losses.slice(-2 * tenth, -tenth));
}

/** The mean training loss over the last tenth of the steps. */
export function finalLoss(losses: readonly number[]): number {
  return mean(losses.slice(-tenthOf(losses)));
}

function tenthOf(losses: readonly number[]): number {
  return Math.max(1, Math.floor(losses.length / 10));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
