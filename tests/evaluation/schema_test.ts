import assert from "node:assert/strict";
import { hypothesesSchema, scoreSchema } from "../../src/evaluation/schema.ts";

Deno.test("scoreSchema fills in balanced accuracy and five windows when nothing is given", () => {
  assert.deepEqual(scoreSchema.parse({}), { primary: "balanced-accuracy", minWindowsPerClass: 5 });
});

Deno.test("scoreSchema refuses an unknown score, an unknown key and less than one window", () => {
  for (const wrong of [{ primary: "f1" }, { secondary: "auroc" }, { minWindowsPerClass: 0 }]) {
    assert.equal(scoreSchema.safeParse(wrong).success, false, JSON.stringify(wrong));
  }
});

Deno.test("hypothesesSchema takes fractions, counts and a score of their own", () => {
  const hypotheses = [
    { arm: "finetuned", against: "supervised", budget: 0.1 },
    { arm: "frozen", against: "random-frozen", budget: 16, metric: "auroc" },
  ];
  assert.deepEqual(hypothesesSchema.parse(hypotheses), hypotheses);
  assert.deepEqual(hypothesesSchema.parse(undefined), []);
});

Deno.test("hypothesesSchema refuses an arm against itself and budgets that can't be", () => {
  const hypothesis = { arm: "frozen", against: "supervised", budget: 0.1 };
  assert.equal(hypothesesSchema.safeParse([{ ...hypothesis, against: "frozen" }]).success, false);
  for (const budget of [0, -1, 1.5]) {
    assert.equal(hypothesesSchema.safeParse([{ ...hypothesis, budget }]).success, false, `${budget}`);
  }
});
