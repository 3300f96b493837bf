import assert from "node:assert/strict";
import { NULL_HYPOTHESIS } from "../../src/evaluation/hypothesis.ts";
import {
  byMetric,
  type HypothesisResult,
  type PretextScore,
  type Summary,
} from "../../src/evaluation/results.ts";
import { type Verdict, type VerdictOptions, verdicts } from "../../src/evaluation/verdicts.ts";
import { pointOf } from "./points.ts";

const options: VerdictOptions = { simulated: false, notes: [], pretrained: ["frozen", "finetuned"] };
const empty: Summary = {
  primary: "auroc",
  secondary: [],
  classes: ["calm", "stress"],
  points: [],
  hypotheses: [],
  comparisons: [],
  savings: [],
  pretext: [],
  oracles: [],
};

function comparison(part: Partial<HypothesisResult>): HypothesisResult {
  return {
    grid: {},
    arm: "frozen",
    against: "supervised",
    budget: 0.1,
    metric: "auroc",
    difference: 0.04,
    low: 0.01,
    high: 0.07,
    pValue: 0.016,
    people: 12,
    nullHypothesis: NULL_HYPOTHESIS,
    ...part,
  };
}

const noDifference = comparison({ difference: 0.01, low: -0.02, high: 0.04, pValue: 0.4 });
const worse = comparison({ difference: -0.04, low: -0.07, high: -0.01, pValue: 0.016 });

function pretext(transformation: string, balancedAccuracy: number | null): PretextScore[] {
  return [0, 1].map((fold) => ({ fold, seed: 1, grid: {}, transformation, balancedAccuracy, f1: null }));
}

function textsOf(found: readonly Verdict[], level: Verdict["level"]): string[] {
  return found.filter((verdict) => verdict.level === level).map(({ text }) => text);
}

Deno.test("verdicts() says nothing when there is nothing to say", () => {
  assert.deepEqual(verdicts(empty, { ...options, pretrained: [] }), []);
});

Deno.test("verdicts() claims a win and its saving when the declared test is below 0.05", () => {
  const saving = {
    grid: {},
    arm: "frozen",
    budget: 0.1,
    labels: 56,
    supervisedLabels: 140.4,
    beyond: "" as const,
  };
  const won = comparison({});
  const summary = { ...empty, hypotheses: [won], comparisons: [won], savings: [saving] };
  assert.deepEqual(verdicts(summary, options), [{
    level: "note",
    text:
      "As declared, frozen was compared with supervised at budget 10%: its AUROC is higher (+0.040, 95% interval " +
      "0.010 to 0.070, p = 0.016, 12 people); supervised needs about 140 labels for what it reaches with 56.",
  }]);
});

Deno.test("verdicts() says that no difference is shown when the declared test is not below 0.05", () => {
  const summary = { ...empty, hypotheses: [noDifference], comparisons: [noDifference] };
  const found = verdicts(summary, options);
  assert.match(
    textsOf(found, "warning")[0],
    /^Self-supervision did not win: no difference in its favour is shown/,
  );
  assert.match(textsOf(found, "note")[0], /no difference in AUROC is shown \(\+0\.010, /);
});

Deno.test("verdicts() does not claim an undeclared difference when its interval or its test includes zero", () => {
  for (const open of [comparison({ low: -0.001 }), comparison({ pValue: 0.06 })]) {
    const found = verdicts({ ...empty, comparisons: [open] }, options);
    assert.deepEqual(found.map(({ level }) => level), ["warning"]);
    assert.match(found[0].text, /^Self-supervision did not win/);
  }
});

Deno.test("verdicts() calls an undeclared win exploratory and says of how many", () => {
  const comparisons = [
    comparison({}),
    comparison({ ...noDifference, budget: 1 }),
    comparison({ arm: "majority" }),
  ];
  const saving = {
    grid: {},
    arm: "frozen",
    budget: 0.1,
    labels: 56,
    supervisedLabels: null,
    beyond: "above" as const,
  };
  const found = verdicts({ ...empty, comparisons, savings: [saving] }, options);
  assert.deepEqual(found, [{
    level: "note",
    text:
      "Exploratory, one of 2 comparisons that were not declared: at budget 10% the AUROC of frozen is higher than " +
      "that of supervised (+0.040, 95% interval 0.010 to 0.070, p = 0.016, 12 people); with 56 labels it is above the " +
      "whole curve of supervised.",
  }]);
});

Deno.test("verdicts() says so when pretrained arms are worse, and that none is above", () => {
  const found = verdicts({ ...empty, comparisons: [worse] }, options);
  assert.match(textsOf(found, "warning")[0], /no pretrained arm is above supervised at any budget\.$/);
  assert.match(textsOf(found, "note")[0], /the AUROC of frozen is lower than that of supervised \(-0\.040, /);
  const declared = verdicts({ ...empty, comparisons: [worse], hypotheses: [worse] }, options);
  assert.match(textsOf(declared, "note")[0], /^As declared, .* its AUROC is lower \(-0\.040, /);
});

Deno.test("verdicts() says that a test is impossible when people are too few or lack a class", () => {
  const few = comparison({ pValue: 0.0625, people: 5 });
  const [first] = textsOf(verdicts({ ...empty, comparisons: [few] }, options), "warning");
  assert.match(first, /With 5 people no test can give less than p = 0\.063\.$/);
  const none = comparison({ difference: null, low: null, high: null, pValue: null, people: 0 });
  const found = textsOf(verdicts({ ...empty, comparisons: [none], hypotheses: [none] }, options), "warning");
  assert.match(found[0], /^Whether self-supervision wins is open/);
  assert.match(found[1], /but fewer than two people have both scores \(AUROC\)\.$/);
});

Deno.test("verdicts() warns that the pretext task was not learned and names the weakest transformations", () => {
  const scores = { noise: 0.9, scale: 0.5, negate: 0.7, reverse: 0.74, warp: 0.52 };
  const weak = Object.entries(scores).flatMap(([name, score]) => pretext(name, score));
  const [text] = textsOf(verdicts({ ...empty, pretext: weak }, { ...options, pretrained: [] }), "warning");
  assert.match(text, /^The pretext task was not learned: .* is 0\.672, where chance is 0\.500; /);
  assert.match(text, /the weakest are scale \(0\.500\), warp \(0\.520\), negate \(0\.700\)\.$/);
});

Deno.test("verdicts() only notes a weak transformation when the pretext task as a whole was learned", () => {
  const scores = [...pretext("noise", 0.95), ...pretext("scale", 0.6), ...pretext("warp", null)];
  const found = verdicts({ ...empty, pretext: scores }, { ...options, pretrained: [] });
  assert.deepEqual(found.map(({ level }) => level), ["note"]);
  assert.match(found[0].text, /hardly recognised: scale \(0\.600\)\.$/);
  assert.deepEqual(
    verdicts({ ...empty, pretext: pretext("noise", 0.9) }, { ...options, pretrained: [] }),
    [],
  );
});

Deno.test("verdicts() counts failed cells and cells that have not converged by arm", () => {
  const points = [
    pointOf("supervised", 10, { mean: 0.7, low: 0.6, high: 0.8, failed: 1, notConverged: 2 }),
    pointOf("frozen", 10, { mean: 0.7, low: 0.6, high: 0.8, notConverged: 1 }),
  ];
  assert.deepEqual(textsOf(verdicts({ ...empty, points }, { ...options, pretrained: [] }), "warning"), [
    "1 of 8 cells failed and are left out of every number: supervised 1.",
    "3 of 7 trained cells have not converged: supervised 2, frozen 1.",
  ]);
});

Deno.test("verdicts() warns of arms at chance unless they are so by design or rise above it", () => {
  const points = [
    pointOf("frozen", 10, { mean: 0.52, low: 0.45, high: 0.6 }),
    pointOf("frozen", 100, { mean: 0.53, low: 0.5, high: 0.6 }),
    pointOf("supervised", 10, { mean: 0.52, low: 0.45, high: 0.6 }),
    pointOf("supervised", 100, { mean: 0.7, low: 0.6, high: 0.8 }),
    pointOf("majority", 100, { mean: 0.5, low: 0.5, high: 0.5 }),
    pointOf("finetuned", 100, { mean: 0.5 }),
  ];
  const found = textsOf(verdicts({ ...empty, points }, { ...options, pretrained: [] }), "warning");
  assert.equal(found.length, 1);
  assert.match(
    found[0],
    /^frozen is not shown to be above chance at any budget: .* 0\.500 or lies below it\.$/,
  );
  assert.deepEqual(verdicts({ ...empty, points, primary: "accuracy" }, { ...options, pretrained: [] }), []);
});

Deno.test("verdicts() begins with what makes the comparison doubtful: the pretext, then the reference arm", () => {
  const points = [
    pointOf("supervised", 10, { mean: 0.6, failed: 1 }),
    pointOf("heart-rate", 10, { mean: 0.7 }),
  ];
  const summary = { ...empty, points, pretext: pretext("noise", 0.5) };
  const found = verdicts(summary, { ...options, handMade: ["heart-rate"] });
  assert.deepEqual(found.slice(0, 3).map(({ level }) => level), ["warning", "warning", "warning"]);
  assert.match(found[0].text, /^The pretext task was not learned/);
  assert.match(
    found[1].text,
    /^The supervised arm underfits: at budget 10 its hard-negative AUROC is 0\.600/,
  );
  assert.match(found[2].text, /^1 of 8 cells failed/);
  assert.ok(verdicts(summary, options).every(({ text }) => !text.includes("underfits")));
});

Deno.test("verdicts() says of simulated data what the oracles reach, and the notes it is given", () => {
  const oracles = [{ name: "arousal", scores: byMetric(() => 0.91) }, {
    name: "mood",
    scores: byMetric(() => null),
  }, { name: "tension", scores: byMetric(() => 0.6) }];
  const simulated = { ...options, pretrained: [], simulated: true, notes: ["Test people were normalised."] };
  assert.deepEqual(verdicts({ ...empty, oracles }, simulated), [
    {
      level: "note",
      text: "A threshold on the true state would reach the AUROC: arousal 0.910, tension 0.600.",
    },
    { level: "note", text: "Test people were normalised." },
  ]);
});
