import assert from "node:assert/strict";
import { deviationDefined, meanDefined } from "../../src/evaluation/average.ts";

Deno.test("meanDefined() is null, not zero, when nothing is defined", () => {
  assert.equal(meanDefined([null, null]), null);
  assert.equal(meanDefined([]), null);
  assert.equal(meanDefined([null, 0.5, 0]), 0.25);
});

Deno.test("deviationDefined() divides by n - 1 and is null when one value is defined", () => {
  assert.equal(deviationDefined([2, null, 4, 6]), 2);
  assert.equal(deviationDefined([2, null]), null);
});
