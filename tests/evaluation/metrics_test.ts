import assert from "node:assert/strict";
import { accuracy, balancedAccuracy, classScores, macroF1 } from "../../src/evaluation/metrics.ts";
import { goldenCases } from "./golden_predictions.ts";
import { close } from "./close.ts";

Deno.test("accuracy(), balancedAccuracy() and macroF1() equal scikit-learn when classes are imbalanced", () => {
  for (const { confusion, scores, name } of goldenCases) {
    close(accuracy(confusion), scores.accuracy, name);
    close(balancedAccuracy(confusion), scores["balanced-accuracy"], name);
    close(macroF1(confusion), scores["macro-f1"], name);
  }
});

Deno.test("classScores() equals scikit-learn when every class is there and predicted", () => {
  for (const { confusion, perClass, name } of goldenCases) {
    classScores(confusion).forEach((scores, index) => {
      close(scores.precision, perClass[index].precision, name);
      close(scores.recall, perClass[index].recall, name);
      close(scores.f1, perClass[index].f1, name);
      assert.equal(scores.support, perClass[index].support);
    });
  }
});

Deno.test("balancedAccuracy() and macroF1() are null when a class is absent from the truth", () => {
  const absent = [[3, 1], [0, 0]];
  assert.equal(balancedAccuracy(absent), null);
  assert.equal(macroF1(absent), null);
  assert.equal(accuracy(absent), 0.75);
  assert.equal(accuracy([[0, 0], [0, 0]]), null);
});

Deno.test("macroF1() counts 0 for a class that is there and is never found", () => {
  assert.equal(macroF1([[3, 0], [1, 0]]), (6 / 7 + 0) / 2);
});

Deno.test("classScores() leaves undefined scores empty when a class is neither there nor predicted", () => {
  const [, , absent] = classScores([[2, 1, 0], [0, 4, 0], [0, 0, 0]]);
  assert.deepEqual(absent, { precision: null, recall: null, f1: null, support: 0 });
});
