/**
 * What may be claimed of a comparison of two arms, and how it is said.
 *
 * @module
 */
import canonicalize from "canonicalize";
import type { Budget, HypothesisResult, Metric, Saving } from "./results.ts";

/** The names of scores in sentences. */
export const METRIC_WORDS = {
  "accuracy": "accuracy",
  "balanced-accuracy": "balanced accuracy",
  "macro-f1": "macro F1",
  "auroc": "AUROC",
  "within-subject-auroc": "within-subject AUROC",
  "hard-negative-auroc": "hard-negative AUROC",
  "paired-recordings": "paired-recording accuracy",
  "average-precision": "average precision",
} as const satisfies Record<Metric, string>;

/** Below this a declared test shows a difference. */
const SIGNIFICANCE = 0.05;

/**
 * Which arm of a comparison has won: one whose test falls below 0.05; null when no difference is shown.
 *
 * For a comparison that was not declared its 95% interval must exclude zero as well.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const result = { arm: "frozen", against: "supervised", difference: 0.1, low: -0.01, high: 0.2, pValue: 0.04 };
 * assert.equal(winner(result, { declared: true }), "frozen");
 * assert.equal(winner(result, { declared: false }), null);
 * ```
 */
export function winner(
  { arm, against, difference, low, high, pValue }: Pick<
    HypothesisResult,
    "arm" | "against" | "difference" | "low" | "high" | "pValue"
  >,
  { declared }: { readonly declared: boolean },
): string | null {
  if (difference === null || pValue === null || pValue >= SIGNIFICANCE) return null;
  if (!declared && !(low !== null && high !== null && (low > 0 || high < 0))) return null;
  return difference > 0 ? arm : against;
}

/** Whether two results speak of the same comparison. */
export function isSameComparison(first: HypothesisResult, second: HypothesisResult): boolean {
  return first.arm === second.arm && first.against === second.against && first.budget === second.budget &&
    first.metric === second.metric && canonicalize(first.grid) === canonicalize(second.grid);
}

/** A comparison's numbers: `+0.040, 95% interval 0.010 to 0.070, p = 0.016, 12 people`. */
export function numbersOf({ difference, low, high, pValue, people }: HypothesisResult): string {
  const parts = [difference === null ? "" : `${difference >= 0 ? "+" : ""}${difference.toFixed(3)}`];
  if (low !== null && high !== null) parts.push(`95% interval ${low.toFixed(3)} to ${high.toFixed(3)}`);
  if (pValue !== null) parts.push(pValue < 0.001 ? "p < 0.001" : `p = ${pValue.toFixed(3)}`);
  parts.push(people === 1 ? "1 person" : `${people} people`);
  return parts.filter((part) => part !== "").join(", ");
}

/** Says so when there are too few people for any p-value below 0.05; else nothing. */
export function tooFewPeople(people: number): string {
  const smallest = 2 / 2 ** people;
  return people >= 2 && smallest >= SIGNIFICANCE
    ? ` With ${people} people no test can give less than p = ${smallest.toFixed(3)}.`
    : "";
}

/** A budget in words: `at budget 10%`, `at budget 16`, `with all labels`. */
export function budgetWords(budget: Budget): string {
  if (budget === "all") return "with all labels";
  return budget < 1 ? `at budget ${Number((100 * budget).toPrecision(6))}%` : `at budget ${budget}`;
}

/** The grid values in brackets, ` (pretext.transformations.noise.snrDb = 5)`; nothing when the grid is empty. */
export function gridWords(grid: Readonly<Record<string, unknown>>): string {
  const values = Object.entries(grid).map(([path, value]) => `${path} = ${canonicalize(value)}`);
  return values.length > 0 ? ` (${values.join(", ")})` : "";
}

/** What an arm saves at a budget, as the end of a sentence; nothing when it saves nothing. */
export function savingWords(saving: Saving | undefined, reference: string): string {
  if (saving?.beyond === "above") {
    return `; with ${count(saving.labels)} labels it is above the whole curve of ${reference}`;
  }
  const needed = saving?.supervisedLabels ?? 0;
  if (!saving || needed <= saving.labels) return "";
  return `; ${reference} needs about ${count(needed)} labels for what it reaches with ${
    count(saving.labels)
  }`;
}

function count(labels: number): string {
  return String(Math.round(labels));
}
