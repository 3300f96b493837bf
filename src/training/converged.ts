/**
 * When a training has converged.
 *
 * @module
 */

/** Why a training ended: validation loss stopped falling, its limit came first, or its steps were fixed. */
export type Stopped = "patience" | "limit" | "fixed";

/** Below this loss, in nats, there is nothing left to gain: the right class has a probability above 0.99. */
const LEARNED = 0.01;

/** The last part of a training may be so much better than the one before, and no more. */
const LARGEST_FALL = 0.01;

/**
 * Whether a training has converged: it ended by patience; or its steps were fixed and the training loss has settled.
 *
 * The loss has settled when its mean over the last tenth of the steps is less than 1% below that over the tenth before, or below
 * 0.01 nats (a small budget is learned by heart, and its loss then falls by a steady share for ever). A training that met its limit
 * while it watched a validation loss has not converged. `losses` are the training losses of all steps.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const losses = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0.995];
 * assert.equal(hasConverged(losses, { stopped: "fixed" }), true);
 * assert.equal(hasConverged([...losses.slice(0, 9), 0.98], { stopped: "fixed" }), false);
 * ```
 */
export function hasConverged(losses: readonly number[], { stopped }: { stopped: Stopped }): boolean {
  if (stopped !== "fixed") return stopped === "patience";
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
