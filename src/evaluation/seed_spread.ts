/**
 * Whether an arm's score hangs on the seed more than its interval shows.
 *
 * @module
 */
import canonicalize from "canonicalize";
import { budgetWords, gridWords, METRIC_WORDS } from "./claims.ts";
import type { CurvePoint, Summary } from "./results.ts";

/**
 * A sentence for each arm, and each value of the grid, whose seeds differ more than people make its score uncertain.
 *
 * Intervals resample people and keep the seeds that there are. Where the standard deviation over seeds (divisor n - 1) is larger than half
 * the 95% interval at some budget, another set of seeds may give a score outside of it; the budget with the largest share is named.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { byMetric } from "./results.ts";
 * const spread = { mean: 0.61, low: 0.54, high: 0.7, overDraws: null, overSeeds: 0.13, overPeople: 0.12 };
 * const counts = { labels: 90, units: 90, cells: 3, failed: 0, notConverged: 0 };
 * const point = { grid: {}, arm: "frozen", budget: 0.25, ...counts, scores: byMetric(() => spread) };
 * const [sentence] = seedSentences({ points: [point], primary: "auroc" });
 * assert.match(sentence, /^The AUROC of frozen hangs on the seed: at budget 25%/);
 * ```
 */
export function seedSentences({ points, primary }: Pick<Summary, "points" | "primary">): string[] {
  const arms = Map.groupBy(points, ({ arm, grid }) => canonicalize([arm, grid]));
  return [...arms.values()].flatMap((own): string[] => {
    const shares = own.map((point) => ({ point, share: shareOfSeeds(point, primary) }));
    const { point, share } = shares.reduce((most, other) => other.share > most.share ? other : most);
    if (share <= 1) return [];
    const { overSeeds, low, high } = point.scores[primary];
    return [
      `The ${METRIC_WORDS[primary]} of ${point.arm} hangs on the seed: ${budgetWords(point.budget)}${
        gridWords(point.grid)
      } its standard deviation over seeds is ${
        overSeeds?.toFixed(3)
      }, more than half its interval over people, ${
        halfWidth(low, high)?.toFixed(3)
      }. The interval does not show that; more seeds do.`,
    ];
  });
}

/** The standard deviation over seeds by half the interval; 0 where one of them is not known. */
function shareOfSeeds({ scores }: CurvePoint, primary: Summary["primary"]): number {
  const { overSeeds, low, high } = scores[primary], half = halfWidth(low, high);
  if (overSeeds === null || half === null || overSeeds === 0) return 0;
  return overSeeds / half;
}

function halfWidth(low: number | null, high: number | null): number | null {
  return low === null || high === null ? null : (high - low) / 2;
}
