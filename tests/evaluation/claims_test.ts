import assert from "node:assert/strict";
import {
  budgetWords,
  gridWords,
  numbersOf,
  savingWords,
  tooFewPeople,
  winner,
} from "../../src/evaluation/claims.ts";

const shown = { arm: "frozen", against: "supervised", difference: 0.1, low: 0.01, high: 0.2, pValue: 0.04 };

Deno.test("winner() is the arm that scores higher when the test is below 0.05", () => {
  assert.equal(winner(shown, { declared: true }), "frozen");
  assert.equal(winner({ ...shown, difference: -0.1 }, { declared: true }), "supervised");
  assert.equal(winner({ ...shown, pValue: 0.05 }, { declared: true }), null);
  assert.equal(winner({ ...shown, pValue: null }, { declared: true }), null);
});

Deno.test("winner() asks for an interval without zero when the comparison was not declared", () => {
  assert.equal(winner(shown, { declared: false }), "frozen");
  assert.equal(winner({ ...shown, low: 0 }, { declared: false }), null);
  assert.equal(winner({ ...shown, low: null, high: null }, { declared: false }), null);
});

Deno.test("budgetWords() and gridWords() say budgets and swept values when they are given", () => {
  assert.deepEqual(([0.07, 0.005, "all", 16] as const).map(budgetWords), [
    "at budget 7%",
    "at budget 0.5%",
    "with all labels",
    "at budget 16",
  ]);
  assert.equal(gridWords({}), "");
  assert.equal(gridWords({ "signal.lead": "MLII", "noise": 5 }), ' (signal.lead = "MLII", noise = 5)');
});

Deno.test("numbersOf() leaves out what is not known", () => {
  const base = { ...shown, grid: {}, budget: 1, metric: "auroc" as const, nullHypothesis: "" };
  assert.equal(
    numbersOf({ ...base, pValue: 0.0004, people: 20 }),
    "+0.100, 95% interval 0.010 to 0.200, p < 0.001, 20 people",
  );
  assert.equal(
    numbersOf({ ...base, difference: -0.5, low: null, high: null, pValue: null, people: 1 }),
    "-0.500, 1 person",
  );
});

Deno.test("savingWords() says nothing when nothing is saved", () => {
  const saving = {
    grid: {},
    arm: "frozen",
    budget: 0.1,
    labels: 56,
    supervisedLabels: 40,
    beyond: "" as const,
  };
  assert.equal(savingWords(saving, "supervised"), "");
  assert.equal(savingWords({ ...saving, supervisedLabels: null, beyond: "below" }, "supervised"), "");
  assert.equal(savingWords(undefined, "supervised"), "");
  assert.match(
    savingWords({ ...saving, supervisedLabels: 90 }, "supervised"),
    /needs about 90 labels .* with 56$/,
  );
});

Deno.test("tooFewPeople() speaks up to five people, for six can give 2 / 64", () => {
  assert.match(tooFewPeople(5), /p = 0\.063/);
  assert.equal(tooFewPeople(6), "");
});
