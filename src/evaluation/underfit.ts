/**
 * Whether the reference arm learned less than a few hand-made numbers tell.
 *
 * @module
 */
import canonicalize from "canonicalize";
import { budgetWords, gridWords, METRIC_WORDS } from "./claims.ts";
import { compareBudgets, type CurvePoint, type Metric, type Summary } from "./results.ts";

/** Which arms are compared. */
export interface UnderfitOptions {
  /** The arm that learns from labels alone. */
  readonly reference: string;
  /** The arms on hand-made features. */
  readonly handMade: readonly string[];
}

/**
 * A sentence for each value of the grid at which the reference arm scores below the best arm on hand-made features.
 *
 * Both stand at the largest budget of the reference arm. They are compared on hard-negative AUROC, and where one of them
 * has none on the primary score; without scores of both nothing is said.
 */
export function underfitSentences(
  { points, primary }: Pick<Summary, "points" | "primary">,
  { reference, handMade }: UnderfitOptions,
): string[] {
  const grids = Map.groupBy(points, ({ grid }) => canonicalize(grid));
  return [...grids.values()].flatMap((own): string[] => {
    const whole = own.filter(({ arm }) => arm === reference)
      .toSorted((a, b) => compareBudgets(a.budget, b.budget)).at(-1);
    if (whole === undefined) return [];
    const { budget, grid } = whole;
    const others = own.filter((point) => handMade.includes(point.arm) && point.budget === budget);
    const found = firstComparison(whole, others, ["hard-negative-auroc", primary]);
    if (found === undefined || found.reference >= found.best.score) return [];
    return [
      `The ${reference} arm underfits: ${budgetWords(budget)}${gridWords(grid)} its ${
        METRIC_WORDS[found.metric]
      } is ${found.reference.toFixed(3)}, below the ${
        found.best.score.toFixed(3)
      } of ${found.best.arm}, which learns from hand-made features. What pretraining ` +
      "adds can't be judged until that is fixed.",
    ];
  });
}

/** The comparison with the best of the others on the first score that both sides have. */
function firstComparison(
  { scores }: CurvePoint,
  others: readonly CurvePoint[],
  metrics: readonly Metric[],
): { metric: Metric; reference: number; best: { arm: string; score: number } } | undefined {
  for (const metric of metrics) {
    const reference = scores[metric].mean;
    const scored = others.flatMap(({ arm, scores }) => {
      const score = scores[metric].mean;
      return score === null ? [] : [{ arm, score }];
    });
    if (reference === null || scored.length === 0) continue;
    return {
      metric,
      reference,
      best: scored.reduce((best, other) => other.score > best.score ? other : best),
    };
  }
}
