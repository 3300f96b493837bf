import assert from "node:assert/strict";
import { METRICS } from "../../src/evaluation/results.ts";
import { scorePredictions } from "../../src/evaluation/score.ts";
import { weightedScore } from "../../src/evaluation/weighted.ts";
import { close } from "./close.ts";
import { goldenCases } from "./golden_predictions.ts";

Deno.test("weightedScore() equals scikit-learn's weighted scores when people are drawn more than once or never", () => {
  for (const { predictions, classNames, minPerClass, weightings, name } of goldenCases) {
    const scored = scorePredictions(predictions, { classes: classNames, minPerClass });
    const names = scored.subjects.map(({ subject }) => subject);
    const people = new Map(names.map((subject, index) => [subject, index]));
    for (const metric of METRICS) {
      const score = weightedScore(metric, { predictions, scored, people });
      for (const { weights, scores } of weightings) {
        const drawn = new Map<string, number>(Object.entries(weights));
        const value = score(names.map((subject) => drawn.get(subject) ?? 0));
        close(value, scores[metric], `${name}, ${metric}`);
      }
    }
  }
});

Deno.test("weightedScore() equals the score itself when everybody counts once", () => {
  for (const { predictions, classNames, minPerClass, scores, name } of goldenCases) {
    const scored = scorePredictions(predictions, { classes: classNames, minPerClass });
    // Other people have weights too: a cell holds the people of one fold.
    const people = new Map(scored.subjects.map(({ subject }, index) => [subject, 2 * index + 1]));
    const weights = Array.from({ length: 2 * people.size }, (_, index) => index % 2);
    for (const metric of METRICS) {
      const score = weightedScore(metric, { predictions, scored, people });
      close(score(weights), scores[metric], `${name}, ${metric}`);
    }
  }
});

Deno.test("weightedScore() is null when the people drawn lack a class, except accuracy", () => {
  const predictions = [
    { window: "a@0+1", subject: "a", truth: 0, probabilities: [0.8, 0.2] },
    { window: "b@0+1", subject: "b", truth: 1, probabilities: [0.6, 0.4] },
  ];
  const scored = scorePredictions(predictions, { classes: ["calm", "stress"], minPerClass: 1 });
  const people = new Map([["a", 0], ["b", 1]]);
  for (const metric of METRICS) {
    const score = weightedScore(metric, { predictions, scored, people });
    assert.equal(score([2, 0]), metric === "accuracy" ? 1 : null, metric);
    assert.equal(score([0, 0]), null, metric);
  }
});

Deno.test("weightedScore() throws when a subject has no weight", () => {
  const { predictions, classNames } = goldenCases[0];
  const scored = scorePredictions(predictions, { classes: classNames });
  assert.throws(() => weightedScore("auroc", { predictions, scored, people: new Map() }), RangeError);
});
