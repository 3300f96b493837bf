/**
 * How fast people breathe.
 *
 * @module
 */
import type { Stream } from "../../random/stream.ts";

/**
 * Breaths a second: 12 to 18 a minute is the adult range (Lindh et al. 2009); McSharry et al. 2003 take 0.25
 * Hz.
 */
const RESPIRATION_HZ = { mean: 0.25, sd: 0.03, lowest: 0.16, highest: 0.36 };

/**
 * Draws a person's breaths a second: normal with mean 0.25 and deviation 0.03 Hz, kept within 0.16 to 0.36
 * Hz.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stream } from "../../random/stream.ts";
 * const respirationHz = drawRespirationHz(stream(1, "person/p001"));
 * assert.ok(respirationHz >= 0.16 && respirationHz <= 0.36);
 * ```
 */
export function drawRespirationHz(stream: Stream): number {
  const { mean, sd, lowest, highest } = RESPIRATION_HZ;
  return Math.min(highest, Math.max(lowest, mean + sd * stream.normal()));
}
