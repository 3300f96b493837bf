import assert from "node:assert/strict";
import { isotonicRegression } from "../../src/evaluation/isotonic.ts";
import golden from "../golden/evaluation/statistics.json" with { type: "json" };
import { close } from "./close.ts";

Deno.test("isotonicRegression() equals scikit-learn when weights differ", () => {
  for (const { values, weights, fit } of golden.isotonic) {
    isotonicRegression(values, weights).forEach((value, index) => close(value, fit[index], values.join(" ")));
  }
});

Deno.test("isotonicRegression() gives nothing when there is nothing", () => {
  assert.deepEqual(isotonicRegression([], []), []);
});

Deno.test("isotonicRegression() throws when weights are missing or not positive", () => {
  assert.throws(() => isotonicRegression([1, 2], [1]), TypeError);
  for (const weight of [0, -1, NaN]) assert.throws(() => isotonicRegression([1], [weight]), RangeError);
});
