import assert from "node:assert/strict";
import { curvePoint } from "../../src/evaluation/curve.ts";
import { byMetric, type Cell, type Metric, METRICS, type Prediction } from "../../src/evaluation/results.ts";
import { scorePredictions } from "../../src/evaluation/score.ts";
import golden from "../golden/evaluation/curve.json" with { type: "json" };
import { close } from "./close.ts";

const classes = ["calm", "stress"];
const base: Cell = {
  cell: "",
  grid: {},
  arm: "frozen",
  budget: 0.1,
  draw: 0,
  fold: 0,
  seed: 0,
  status: "done",
  error: "",
  trainLabels: 40,
  validationLabels: 10,
  units: 50,
  steps: 500,
  converged: true,
  scores: byMetric(() => null),
};

/** Cells that are done, with the scores of their predictions. */
function cellsOf(
  parts: readonly { part: Partial<Cell>; predictions: readonly Prediction[] }[],
  minPerClass = 1,
) {
  const predictions = new Map<string, readonly Prediction[]>();
  const cells = parts.map(({ part, predictions: own }, index): Cell => {
    const cell = `cell ${index}`;
    predictions.set(cell, own);
    return { ...base, ...part, cell, scores: scorePredictions(own, { classes, minPerClass }).scores };
  });
  const predictionsOf = (cell: string) => predictions.get(cell) ?? assert.fail(`no predictions of ${cell}`);
  return { cells, predictionsOf };
}

/** Windows of a subject that is never stressed, of which a share is right. */
function calm(subject: string, right: number, windows: number): Prediction[] {
  return Array.from({ length: windows }, (_, index) => ({
    window: `${subject}@${index}+1`,
    subject,
    truth: 0,
    probabilities: index < right ? [0.9, 0.1] : [0.1, 0.9],
  }));
}

function goldenPoint(...declared: readonly Metric[]) {
  const { cells, predictionsOf } = cellsOf(
    golden.cells.map(({ draw, seed, fold, positive }) => ({
      part: { draw, seed, fold },
      predictions: positive.map((probability, index) => ({
        window: `${golden.subjects[fold][index]}/${golden.truths[fold][index]}@${index}+1`,
        subject: golden.subjects[fold][index],
        truth: golden.truths[fold][index],
        isHardNegative: golden.hardNegatives[fold][index],
        probabilities: [1 - probability, probability],
      })),
    })),
    golden.minPerClass,
  );
  const failed: Cell = { ...base, ...golden.failed, cell: "failed", status: "failed", error: "killed" };
  const counts = Uint16Array.from(golden.counts.flat());
  const options = {
    predictionsOf,
    classes,
    declared,
    minPerClass: golden.minPerClass,
    countsOf: () => counts,
  };
  return curvePoint([...cells, failed], options);
}

Deno.test("curvePoint() equals scikit-learn and NumPy when a cell failed and a person lacks a class", () => {
  const { point, people } = goldenPoint("auroc", "average-precision");
  assert.equal(point.cells, 8);
  assert.equal(point.failed, 1);
  assert.deepEqual([...people.keys()], golden.people);
  for (const metric of METRICS) {
    const expected = golden.expected[metric], spread = point.scores[metric];
    close(spread.mean, expected.mean, `${metric} mean`);
    close(spread.low, expected.low, `${metric} low`);
    close(spread.high, expected.high, `${metric} high`);
    close(spread.overDraws, expected.overDraws, `${metric} over draws`);
    close(spread.overSeeds, expected.overSeeds, `${metric} over seeds`);
    close(spread.overPeople, expected.overPeople, `${metric} over people`);
    golden.people.forEach((person, index) => {
      const own = people.get(person)?.[metric] ?? null, value = expected.people[index];
      close(own, value, `${metric} of ${person}`);
    });
  }
});

Deno.test("curvePoint() gives average precision no interval when it was not declared", () => {
  const { point } = goldenPoint("auroc");
  close(point.scores["average-precision"].mean, golden.expected["average-precision"].mean);
  assert.deepEqual([point.scores["average-precision"].low, point.scores["average-precision"].high], [
    null,
    null,
  ]);
  close(point.scores.auroc.low, golden.expected.auroc.low);
});

Deno.test("curvePoint() has an interval when every fold holds one person", () => {
  const { cells, predictionsOf } = cellsOf([
    { part: { fold: 0 }, predictions: calm("a", 1, 4) },
    { part: { fold: 1 }, predictions: calm("b", 3, 4) },
  ]);
  // Of the four ways to draw two people, one draws a alone and one b alone.
  const counts = Uint16Array.of(2, 0, 1, 1, 1, 1, 0, 2);
  const options = {
    predictionsOf,
    classes,
    declared: ["accuracy"],
    minPerClass: 1,
    countsOf: () => counts,
  } as const;
  const { mean, low, high } = curvePoint(cells, options).point.scores.accuracy;
  // The scores are 1/4, 1/2, 1/2 and 3/4; the place of 2.5% is 0.075, that of 97.5% 2.925.
  close(mean, 0.5);
  close(low, 0.25 + 0.075 * 0.25);
  close(high, 0.75 - 0.075 * 0.25);
});

Deno.test("curvePoint() averages folds within a draw and seed first when a fold is missing", () => {
  const { cells, predictionsOf } = cellsOf([
    { part: { seed: 0, fold: 0 }, predictions: calm("a", 4, 4) },
    { part: { seed: 0, fold: 1, converged: false }, predictions: calm("b", 2, 4) },
    { part: { seed: 1, fold: 1, trainLabels: 52 }, predictions: calm("b", 1, 4) },
  ]);
  const counts = Uint16Array.of(1, 1);
  const options = {
    predictionsOf,
    classes,
    declared: ["accuracy"],
    minPerClass: 1,
    countsOf: () => counts,
  } as const;
  const { point } = curvePoint(cells, options);
  close(point.scores.accuracy.mean, ((1 + 0.5) / 2 + 0.25) / 2);
  close(point.scores.accuracy.overSeeds, (0.75 - 0.25) / Math.SQRT2);
  assert.equal(point.scores.accuracy.overDraws, null);
  close(point.scores.accuracy.overPeople, (1 - 0.375) / Math.SQRT2);
  assert.equal(point.labels, 54);
  assert.equal(point.notConverged, 1);
  assert.equal(point.scores.auroc.mean, null);
  assert.equal(point.scores.auroc.low, null);
});

Deno.test("curvePoint() has no interval when there is one person, and no score when every cell failed", () => {
  const one = cellsOf([{ part: {}, predictions: calm("a", 1, 4) }]);
  const options = {
    classes,
    declared: ["accuracy"],
    minPerClass: 1,
    countsOf: () => Uint16Array.of(1),
  } as const;
  const { point } = curvePoint(one.cells, { ...options, predictionsOf: one.predictionsOf });
  assert.deepEqual(point.scores.accuracy, {
    mean: 0.25,
    low: null,
    high: null,
    overDraws: null,
    overSeeds: null,
    overPeople: null,
  });
  const failed = curvePoint([{ ...base, status: "failed" }], {
    ...options,
    predictionsOf: () => assert.fail("a failed cell has no predictions"),
  });
  assert.equal(failed.point.failed, 1);
  assert.equal(failed.point.scores.accuracy.mean, null);
  assert.equal(failed.people.size, 0);
});
