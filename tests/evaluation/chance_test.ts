import assert from "node:assert/strict";
import { chanceLevel } from "../../src/evaluation/chance.ts";
import { METRICS } from "../../src/evaluation/results.ts";

Deno.test("chanceLevel() is known for the scores that don't depend on how common the classes are", () => {
  assert.deepEqual(METRICS.map((metric) => [metric, chanceLevel(metric, 5)]), [
    ["accuracy", null],
    ["balanced-accuracy", 0.2],
    ["macro-f1", null],
    ["auroc", 0.5],
    ["within-subject-auroc", 0.5],
    ["hard-negative-auroc", 0.5],
    ["paired-recordings", 0.5],
    ["average-precision", null],
  ]);
});
