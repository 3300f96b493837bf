import assert from "node:assert/strict";
import { METRICS, type Prediction } from "../../src/evaluation/results.ts";
import { scorePredictions, withinSubjectAuroc } from "../../src/evaluation/score.ts";
import { close } from "./close.ts";
import { goldenCases } from "./golden_predictions.ts";

const classes = ["calm", "stress"];

/** A subject's windows from `[truth, probability of stress]` pairs. */
function windowsOf(subject: string, pairs: [number, number][]): Prediction[] {
  return pairs.map(([truth, probability], index) => ({
    window: `${subject}@${index}+1`,
    subject,
    truth,
    probabilities: [1 - probability, probability],
  }));
}

Deno.test("scorePredictions() equals scikit-learn when scores tie and classes are imbalanced", () => {
  for (const { predictions, classNames, minPerClass, scores, confusion, perClass, name } of goldenCases) {
    const scored = scorePredictions(predictions, { classes: classNames, minPerClass });
    for (const metric of METRICS) close(scored.scores[metric], scores[metric], `${name}, ${metric}`);
    assert.deepEqual(scored.confusion, confusion);
    assert.deepEqual(scored.perClass.map(({ support }) => support), perClass.map(({ support }) => support));
  }
});

Deno.test("scorePredictions() scores each subject by itself when windows are interleaved", () => {
  const a = windowsOf("a", [[0, 0.1], [1, 0.8], [1, 0.3]]), b = windowsOf("b", [[1, 0.6]]);
  const { subjects } = scorePredictions([b[0], a[2], a[0], a[1]], { classes, minPerClass: 1 });
  assert.deepEqual(subjects.map(({ subject, windows }) => [subject, windows]), [["a", 3], ["b", 1]]);
  assert.deepEqual(subjects[0].confusion, [[1, 0], [1, 1]]);
  assert.equal(subjects[0].scores["balanced-accuracy"], 0.75);
  assert.equal(subjects[0].scores["within-subject-auroc"], 1);
  assert.deepEqual(subjects[1].scores, {
    "accuracy": 1,
    "balanced-accuracy": null,
    "macro-f1": null,
    "auroc": null,
    "within-subject-auroc": null,
    "hard-negative-auroc": null,
    "paired-recordings": null,
    "average-precision": null,
  });
});

Deno.test("scorePredictions() leaves every score empty when there are no predictions", () => {
  const { scores, subjects } = scorePredictions([], { classes });
  assert.deepEqual(METRICS.map((metric) => scores[metric]), METRICS.map(() => null));
  assert.deepEqual(subjects, []);
});

Deno.test("withinSubjectAuroc() leaves out subjects when they have too few windows of a class", () => {
  const a = windowsOf("a", [[0, 0.1], [0, 0.6], [1, 0.5], [1, 0.8]]); // 3 of 4 pairs
  const b = windowsOf("b", [[0, 0.9], [1, 0.1], [1, 0.2]]); // 0 of 2 pairs
  assert.equal(withinSubjectAuroc([...a, ...b], { classes, minPerClass: 2 }), 0.75);
  assert.equal(withinSubjectAuroc([...a, ...b], { classes, minPerClass: 1 }), 0.375);
  assert.equal(withinSubjectAuroc([...a, ...b], { classes }), null);
});

Deno.test("withinSubjectAuroc() is blind to differences between subjects", () => {
  const predictions = [...windowsOf("a", [[0, 0.1], [1, 0.2]]), ...windowsOf("b", [[0, 0.8], [1, 0.9]])];
  assert.equal(withinSubjectAuroc(predictions, { classes, minPerClass: 1 }), 1);
  assert.equal(scorePredictions(predictions, { classes }).scores.auroc, 0.75);
});

Deno.test("scorePredictions() throws when a truth or a probability is not possible", () => {
  const [good] = windowsOf("a", [[0, 0.5]]);
  assert.throws(
    () => scorePredictions([{ ...good, truth: 2 }], { classes }),
    /must be a whole number below 2, got 2/,
  );
  assert.throws(() => scorePredictions([{ ...good, probabilities: [1] }], { classes }), TypeError);
  assert.throws(() => scorePredictions([{ ...good, probabilities: [NaN, NaN] }], { classes }), RangeError);
  assert.throws(() => scorePredictions([good], { classes: ["calm"] }), RangeError);
});
