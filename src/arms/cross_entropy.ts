/**
 * Cross-entropy of logits outside a network.
 *
 * @module
 */

/**
 * The mean over rows of weight · -log softmax(logits)[class], in nats; logits are `[rows, weights.length]`, weights those of the classes.
 *
 * The divisor is the number of rows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const loss = crossEntropy([0, Math.log(3), 0, 0], { classes: [1, 0], weights: [1, 2] });
 * assert.ok(Math.abs(loss - (2 * Math.log(4 / 3) + Math.log(2)) / 2) < 1e-12);
 * ```
 */
export function crossEntropy(
  logits: ArrayLike<number>,
  { classes, weights }: { classes: ArrayLike<number>; weights: readonly number[] },
): number {
  let sum = 0;
  for (let row = 0; row < classes.length; row++) {
    const own = weights.map((_, column) => logits[row * weights.length + column]);
    const largest = Math.max(...own);
    const total = own.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
    sum += weights[classes[row]] * (largest + Math.log(total) - own[classes[row]]);
  }
  return sum / classes.length;
}
