import assert from "node:assert/strict";
import type { CurvePoint, Metric } from "../../src/evaluation/results.ts";
import { underfitSentences } from "../../src/evaluation/underfit.ts";
import { pointOf } from "./points.ts";

const options = { reference: "supervised", handMade: ["heart-rate", "heart-rate-centred"] };
const primary = "balanced-accuracy";

/** A point with all labels whose primary score and hard-negative AUROC are these. */
function whole(arm: string, score: number | null, hard: number | null, rest: Partial<CurvePoint> = {}) {
  const point = pointOf(arm, 100, { mean: score, budget: "all", ...rest });
  const spread = { ...point.scores.auroc, mean: hard };
  return { ...point, scores: { ...point.scores, ["hard-negative-auroc" satisfies Metric]: spread } };
}

Deno.test("underfitSentences() names the best arm on hand-made features when the reference is below it", () => {
  const points = [
    whole("supervised", 0.9, 0.612),
    whole("heart-rate", 0.6, 0.7006),
    whole("heart-rate-centred", 0.6, 0.65),
    whole("finetuned", 0.6, 0.99),
  ];
  assert.deepEqual(underfitSentences({ primary, points }, options), [
    "The supervised arm underfits: with all labels its hard-negative AUROC is 0.612, below the 0.701 of heart-rate, " +
    "which learns from hand-made features. What pretraining adds can't be judged until that is fixed.",
  ]);
});

Deno.test("underfitSentences() says nothing when the reference is not below, or one of the two is missing", () => {
  const supervised = whole("supervised", 0.7, 0.7);
  assert.deepEqual(underfitSentences({ primary, points: [supervised] }, options), []);
  assert.deepEqual(underfitSentences({ primary, points: [whole("heart-rate", 0.8, 0.8)] }, options), []);
  const equal = [supervised, whole("heart-rate", 0.9, 0.7)];
  assert.deepEqual(underfitSentences({ primary, points: equal }, options), []);
  const undefinedScores = [supervised, whole("heart-rate", null, null)];
  assert.deepEqual(underfitSentences({ primary, points: undefinedScores }, options), []);
});

Deno.test("underfitSentences() compares primary scores when there are no hard negatives", () => {
  const points = [whole("supervised", 0.6, null), whole("heart-rate", 0.65, null)];
  const [text] = underfitSentences({ primary, points }, options);
  assert.match(text, /with all labels its balanced accuracy is 0\.600, below the 0\.650 of heart-rate/);
});

Deno.test("underfitSentences() compares at the reference's largest budget, at each value of the grid", () => {
  const quiet = { grid: { noise: 1 } }, loud = { grid: { noise: 9 } };
  const points = [
    whole("supervised", 0.5, 0.5, { ...quiet, budget: 16 }),
    whole("supervised", 0.9, 0.9, { ...quiet, budget: 64 }),
    whole("heart-rate", 0.8, 0.8, { ...quiet, budget: 16 }),
    whole("heart-rate", 0.8, 0.8, { ...quiet, budget: 64 }),
    whole("supervised", 0.7, 0.7, { ...loud, budget: 64 }),
    whole("heart-rate", 0.8, 0.8, { ...loud, budget: 64 }),
  ];
  const found = underfitSentences({ primary, points }, options);
  assert.equal(found.length, 1);
  assert.match(found[0], /^The supervised arm underfits: at budget 64 \(noise = 9\) its /);
});
