/**
 * Scores of the pretext, averaged for each transformation.
 *
 * @module
 */
import { meanDefined } from "../evaluation/average.ts";
import type { PretextScore } from "../evaluation/results.ts";

/** The transformations in the order of their first score, each with its mean scores. */
export function pretextMeans(scores: readonly PretextScore[]): {
  transformation: string;
  balancedAccuracy: number | null;
  f1: number | null;
  count: number;
}[] {
  return [...new Set(scores.map((score) => score.transformation))].map((transformation) => {
    const own = scores.filter((score) => score.transformation === transformation);
    return {
      transformation,
      balancedAccuracy: meanDefined(own.map((score) => score.balancedAccuracy)),
      f1: meanDefined(own.map((score) => score.f1)),
      count: own.length,
    };
  });
}
