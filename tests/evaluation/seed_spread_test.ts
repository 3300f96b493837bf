import assert from "node:assert/strict";
import { byMetric, type CurvePoint, type Spread } from "../../src/evaluation/results.ts";
import { seedSentences } from "../../src/evaluation/seed_spread.ts";
import { verdicts } from "../../src/evaluation/verdicts.ts";
import { pointOf } from "./points.ts";

const primary = "auroc";

function point(arm: string, spread: Partial<Spread>, rest: Partial<CurvePoint> = {}): CurvePoint {
  const whole = {
    mean: 0.7,
    low: 0.65,
    high: 0.75,
    overDraws: null,
    overSeeds: 0,
    overPeople: null,
    ...spread,
  };
  return { ...pointOf(arm, 100, { mean: 0.7, budget: "all", ...rest }), scores: byMetric(() => whole) };
}

Deno.test("seedSentences() names the budget at which seeds tell most", () => {
  const points = [
    point("frozen", { overSeeds: 0.06 }, { budget: 0.01 }),
    point("frozen", { overSeeds: 0.11, low: 0.6, high: 0.8 }, { budget: 0.05 }),
    point("frozen", { overSeeds: 0.0749 }),
    point("supervised", { overSeeds: 0.0499 }),
  ];
  assert.deepEqual(seedSentences({ primary, points }), [
    "The AUROC of frozen hangs on the seed: with all labels its standard deviation over seeds is 0.075, " +
    "more than half its interval over people, 0.050. The interval does not show that; more seeds do.",
  ]);
});

Deno.test("seedSentences() says nothing where seeds agree, or one of the two is not known", () => {
  const points = [
    point("a", { overSeeds: 0.045 }),
    point("b", { overSeeds: null }),
    point("c", { overSeeds: 0.2, low: null, high: null }),
    point("majority", { overSeeds: 0, low: 0.5, high: 0.5 }),
  ];
  assert.deepEqual(seedSentences({ primary, points }), []);
});

Deno.test("seedSentences() tells values of the grid apart", () => {
  const points = [1, 9].map((noise) => point("frozen", { overSeeds: noise / 100 }, { grid: { noise } }));
  const found = seedSentences({ primary, points });
  assert.equal(found.length, 1);
  assert.match(found[0], /9/);
});

Deno.test("verdicts() warns of a score that hangs on the seed", () => {
  const lists = { hypotheses: [], comparisons: [], savings: [], oracles: [], pretext: [] };
  const summary = {
    primary,
    secondary: [],
    classes: ["calm", "stress"],
    points: [point("frozen", { overSeeds: 0.1 })],
    ...lists,
  } as const;
  const found = verdicts(summary, { simulated: false, notes: [], pretrained: ["frozen"] });
  assert.ok(found.some(({ level, text }) => level === "warning" && text.includes("hangs on the seed")));
});
