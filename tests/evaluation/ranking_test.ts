import assert from "node:assert/strict";
import { auroc, averagePrecision, hardNegativeAuroc, oneVersusRest } from "../../src/evaluation/ranking.ts";
import { close } from "./close.ts";
import { goldenCases } from "./golden_predictions.ts";

Deno.test("oneVersusRest() equals scikit-learn when scores tie and classes are imbalanced", () => {
  for (const { predictions, classes, scores, name } of goldenCases) {
    close(oneVersusRest(predictions, { classes, score: auroc }), scores.auroc, name);
    close(
      oneVersusRest(predictions, { classes, score: averagePrecision }),
      scores["average-precision"],
      name,
    );
  }
});

Deno.test("hardNegativeAuroc() equals scikit-learn on the positive windows and the hard negatives alone", () => {
  for (const { predictions, classes, scores, name } of goldenCases) {
    close(hardNegativeAuroc(predictions, { classes }), scores["hard-negative-auroc"], name);
  }
});

Deno.test("hardNegativeAuroc() is null when there is no hard negative or no positive window", () => {
  const easy = { truth: 0, probabilities: [0.7, 0.3] }, hard = { ...easy, isHardNegative: true };
  const positive = { truth: 1, probabilities: [0.6, 0.4] };
  assert.equal(hardNegativeAuroc([easy, positive], { classes: 2 }), null);
  assert.equal(hardNegativeAuroc([easy, hard], { classes: 2 }), null);
  assert.equal(hardNegativeAuroc([easy, hard, positive], { classes: 2 }), 1);
});

Deno.test("auroc() gives one half when all scores are equal", () => {
  assert.equal(auroc([0, 1, 1, 0, 1], [0.3, 0.3, 0.3, 0.3, 0.3]), 0.5);
});

Deno.test("averagePrecision() is the share of positives when all scores are equal", () => {
  assert.equal(averagePrecision([0, 1, 1, 0, 1], [0.3, 0.3, 0.3, 0.3, 0.3]), 0.6);
});

Deno.test("auroc() and averagePrecision() are null when a class is absent", () => {
  for (const score of [auroc, averagePrecision]) {
    assert.equal(score([1, 1], [0.2, 0.8]), null);
    assert.equal(score([0, 0], [0.2, 0.8]), null);
    assert.equal(score([], []), null);
  }
});

Deno.test("auroc() ranks the class it is asked for when there are more", () => {
  assert.equal(auroc([2, 0, 1, 2], [0.9, 0.1, 0.95, 0.2], { positive: 2 }), 0.5);
});

Deno.test("oneVersusRest() is null when one of three classes is absent", () => {
  const predictions = [0, 1, 0, 1].map((truth) => ({ truth, probabilities: [0.5, 0.3, 0.2] }));
  assert.equal(oneVersusRest(predictions, { classes: 3, score: auroc }), null);
});

Deno.test("auroc() and averagePrecision() throw when lengths differ or a score is not a number", () => {
  for (const score of [auroc, averagePrecision]) {
    assert.throws(() => score([0, 1], [0.2]), TypeError);
    assert.throws(() => score([0, 1], [0.2, NaN]), RangeError);
  }
});
