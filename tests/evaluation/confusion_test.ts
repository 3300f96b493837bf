import assert from "node:assert/strict";
import { confusionMatrix, predictedClass } from "../../src/evaluation/confusion.ts";
import { goldenCases } from "./golden_predictions.ts";

Deno.test("confusionMatrix() equals scikit-learn when probabilities tie", () => {
  for (const { truth, probabilities, classes, confusion, name } of goldenCases) {
    assert.deepEqual(confusionMatrix(truth, probabilities.map(predictedClass), { classes }), confusion, name);
  }
});

Deno.test("confusionMatrix() keeps a row and a column for a class that never occurs", () => {
  assert.deepEqual(confusionMatrix([0, 2], [2, 2], { classes: 3 }), [[0, 0, 1], [0, 0, 0], [0, 0, 1]]);
});

Deno.test("confusionMatrix() throws when lengths differ or a class does not exist", () => {
  assert.throws(() => confusionMatrix([0, 1], [0], { classes: 2 }), TypeError);
  for (const value of [2, -1, 0.5, NaN]) {
    assert.throws(() => confusionMatrix([value], [0], { classes: 2 }), RangeError);
    assert.throws(() => confusionMatrix([0], [value], { classes: 2 }), RangeError);
  }
});

Deno.test("predictedClass() takes the lowest index when probabilities are equal", () => {
  assert.equal(predictedClass([0.25, 0.5, 0.25]), 1);
  assert.equal(predictedClass([0.4, 0.2, 0.4]), 0);
  assert.throws(() => predictedClass([]), TypeError);
});
