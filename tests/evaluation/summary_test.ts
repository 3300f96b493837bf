import assert from "node:assert/strict";
import { type Budget, byMetric, type Cell, type Prediction } from "../../src/evaluation/results.ts";
import { scorePredictions } from "../../src/evaluation/score.ts";
import { summarize, type SummaryOptions } from "../../src/evaluation/summary.ts";
import { stream } from "../../src/random/stream.ts";
import { close } from "./close.ts";

const classes = ["calm", "stress"];
const people = ["a", "b", "c", "d", "e", "f"];

/** Ten calm and ten stressed windows of each person, of which `right` of each ten are right. */
function predictions(right: number): Prediction[] {
  return people.flatMap((subject) =>
    Array.from({ length: 20 }, (_, index): Prediction => {
      const truth = index % 2, isRight = index >> 1 < right;
      return {
        window: `${subject}@${index}+1`,
        subject,
        truth,
        probabilities: (truth === 0) === isRight ? [0.8, 0.2] : [0.2, 0.8],
      };
    })
  );
}

function shareOf(budget: Budget): number {
  return budget === "all" ? 1 : Math.min(budget, 1);
}

/** A cell whose name says how many of ten windows are right. */
function cellOf(arm: string, budget: Budget, right: number, rest: Partial<Cell> = {}): Cell {
  return {
    cell: `${right}`,
    grid: {},
    arm,
    budget,
    draw: 0,
    fold: 0,
    seed: 0,
    status: "done",
    error: "",
    trainLabels: shareOf(budget) * 80,
    validationLabels: shareOf(budget) * 20,
    units: 100,
    steps: 500,
    converged: true,
    scores: scorePredictions(predictions(right), { classes }).scores,
    ...rest,
  };
}

const options: SummaryOptions = {
  cells: [
    cellOf("supervised", 1, 8),
    cellOf("supervised", 0.1, 6),
    cellOf("frozen", 0.1, 7),
    cellOf("frozen", 1, 8),
    cellOf("majority", 1, 5),
  ],
  predictionsOf: (cell) => predictions(Number(cell)),
  classes,
  primary: "balanced-accuracy",
  hypotheses: [],
  pretext: [],
  oracles: [],
  stream: stream(1, "summary"),
  resamples: 100,
};

Deno.test("summarize() sorts points by arm as given, then by budget", () => {
  const { points } = summarize(options);
  assert.deepEqual(points.map(({ arm, budget }) => [arm, budget]), [
    ["supervised", 0.1],
    ["supervised", 1],
    ["frozen", 0.1],
    ["frozen", 1],
    ["majority", 1],
  ]);
});

Deno.test("summarize() puts all labels after counts when budgets are counts", () => {
  const cells = (["all", 64, 1, 16] as const).map((budget) => cellOf("supervised", budget, 7));
  const { points } = summarize({ ...options, cells });
  assert.deepEqual(points.map(({ budget }) => budget), [1, 16, 64, "all"]);
});

Deno.test("summarize() compares every arm with the reference where both have cells", () => {
  const { comparisons, savings } = summarize(options);
  assert.deepEqual(comparisons.map(({ arm, against, budget }) => [arm, against, budget]), [
    ["frozen", "supervised", 0.1],
    ["frozen", "supervised", 1],
    ["majority", "supervised", 1],
  ]);
  const [tenth, all, majority] = comparisons;
  // All six people differ alike, so that of 64 sign flips two are as far from zero.
  close(tenth.difference, 0.1);
  close(tenth.pValue, 2 / 64);
  close(tenth.low, 0.1);
  assert.deepEqual([all.difference, all.pValue], [0, 1]);
  close(majority.difference, -0.3);
  // Halfway from 0.6 at 10 labels to 0.8 at 100.
  close(savings[0].supervisedLabels, 10 * Math.sqrt(10));
  assert.equal(savings[2].beyond, "below");
});

Deno.test("summarize() tests declared hypotheses at every value of the grid", () => {
  const quiet = { grid: { noise: 1 } }, loud = { grid: { noise: 9 } };
  const cells = [
    cellOf("supervised", 0.1, 6, quiet),
    cellOf("frozen", 0.1, 8, quiet),
    cellOf("supervised", 0.1, 6, loud),
    cellOf("frozen", 0.1, 5, loud),
  ];
  const hypotheses = [
    { arm: "frozen", against: "supervised", budget: 0.1 },
    { arm: "frozen", against: "supervised", budget: 0.5, metric: "accuracy" as const },
  ];
  const { hypotheses: results } = summarize({ ...options, cells, hypotheses });
  assert.deepEqual(results.map(({ grid, metric, people }) => [grid.noise, metric, people]), [
    [1, "balanced-accuracy", 6],
    [9, "balanced-accuracy", 6],
    [1, "accuracy", 0],
    [9, "accuracy", 0],
  ]);
  close(results[0].difference, 0.2);
  close(results[1].difference, -0.1);
  assert.equal(results[2].pValue, null);
});

Deno.test("summarize() averages a person over draws and seeds before it compares arms", () => {
  const cells = [
    cellOf("supervised", 0.1, 6, { seed: 0 }),
    cellOf("supervised", 0.1, 8, { seed: 1 }),
    cellOf("frozen", 0.1, 9, { seed: 0 }),
    cellOf("frozen", 0.1, 1, { seed: 1, status: "failed", error: "killed", scores: byMetric(() => null) }),
  ];
  const { comparisons, points } = summarize({ ...options, cells });
  close(comparisons[0].difference, 0.2);
  assert.deepEqual(points.map(({ cells, failed }) => [cells, failed]), [[2, 0], [2, 1]]);
});

Deno.test("summarize() gives the same summary when it is asked twice and asks for no prediction of a failed cell", () => {
  const cells = [...options.cells, cellOf("frozen", 0.5, 0, { cell: "lost", status: "failed" })];
  const predictionsOf = (cell: string) =>
    cell === "lost" ? assert.fail("a failed cell") : options.predictionsOf(cell);
  const first = summarize({ ...options, cells, predictionsOf });
  assert.deepEqual(summarize({ ...options, cells, predictionsOf }), first);
  assert.equal(first.points.find(({ budget }) => budget === 0.5)?.scores.accuracy.mean, null);
});

Deno.test("summarize() compares and saves nothing when there is no reference arm", () => {
  const { comparisons, savings } = summarize({ ...options, reference: "fully-supervised" });
  assert.deepEqual([comparisons, savings], [[], []]);
});
