import assert from "node:assert/strict";
import { hypothesesSchema, scoreSchema } from "../../src/evaluation/schema.ts";

Deno.test("scoreSchema fills in balanced accuracy, no other and five windows when nothing is given", () => {
  const defaults = { primary: "balanced-accuracy", secondary: [], minWindowsPerClass: 5 };
  assert.deepEqual(scoreSchema.parse({}), defaults);
});

Deno.test("scoreSchema refuses an unknown score, an unknown key and less than one window", () => {
  for (const wrong of [{ primary: "f1" }, { secondary: "auroc" }, { minWindowsPerClass: 0 }]) {
    assert.equal(scoreSchema.safeParse(wrong).success, false, JSON.stringify(wrong));
  }
});

Deno.test("scoreSchema keeps the order of secondary scores, and refuses the primary one and repetitions among them", () => {
  const primary = "within-subject-auroc", secondary = ["hard-negative-auroc", "balanced-accuracy"];
  assert.deepEqual(scoreSchema.parse({ primary, secondary }).secondary, secondary);
  const issueOf = (wrong: string[]) =>
    scoreSchema.safeParse({ primary, secondary: wrong }).error?.issues.map((
      { path, message },
    ) => [path, message]);
  assert.deepEqual(issueOf(["auroc", primary]), [[
    ["secondary", 1],
    "must be another score than `primary`",
  ]]);
  assert.deepEqual(issueOf(["auroc", "accuracy", "auroc"]), [[["secondary", 2], "must not be named twice"]]);
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
