/**
 * How well each transformation is recognised.
 *
 * @module
 */
import type { RecognitionScore } from "./objective.ts";

/**
 * Balanced accuracy and F1 of each head, from logits and one-hot targets, both `[rows, names.length]`; a logit above 0 says yes.
 *
 * Balanced accuracy is the mean of recall and specificity, null where either class is absent; F1 is 2 TP / (2 TP + FP + FN), null
 * where nothing is and nothing is called positive. (Accuracy would flatter: of seven heads each, always saying no is right 6 times in 7.)
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const targets = Float32Array.of(1, 0, 1, 0, 0, 1, 0, 1);
 * const logits = Float32Array.of(2, -1, -1, -1, -3, 1, -1, 1);
 * assert.deepEqual(recognitionScores(logits, { targets, names: ["noise", "scale"] }), [
 *   { transformation: "noise", balancedAccuracy: 0.75, f1: 2 / 3 },
 *   { transformation: "scale", balancedAccuracy: 1, f1: 1 },
 * ]);
 * ```
 */
export function recognitionScores(
  logits: Float32Array,
  { targets, names }: { targets: Float32Array; names: readonly string[] },
): RecognitionScore[] {
  return names.map((transformation, head) => {
    const counts = { yes: { right: 0, all: 0 }, no: { right: 0, all: 0 } };
    for (let index = head; index < targets.length; index += names.length) {
      const truth = targets[index] === 1, called = logits[index] > 0;
      const side = truth ? counts.yes : counts.no;
      side.all++;
      if (truth === called) side.right++;
    }
    const { yes, no } = counts, called = yes.right + no.all - no.right;
    return {
      transformation,
      balancedAccuracy: yes.all > 0 && no.all > 0 ? (yes.right / yes.all + no.right / no.all) / 2 : null,
      f1: yes.all + called > 0 ? 2 * yes.right / (yes.all + called) : null,
    };
  });
}
