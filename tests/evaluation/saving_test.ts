import assert from "node:assert/strict";
import { labelSavings } from "../../src/evaluation/saving.ts";
import { close } from "./close.ts";
import { pointOf } from "./points.ts";

const options = { reference: "supervised", metric: "auroc" } as const;
const curve = [
  pointOf("supervised", 10, { mean: 0.6 }),
  pointOf("supervised", 100, { mean: 0.7 }),
  pointOf("supervised", 1000, { mean: 0.9 }),
];

function savingOf(mean: number, points = curve) {
  const [saving] = labelSavings([...points, pointOf("frozen", 20, { mean })], options);
  return saving;
}

Deno.test("labelSavings() is linear in the logarithm of labels when the score lies between two points", () => {
  close(savingOf(0.65).supervisedLabels, 10 * Math.sqrt(10));
  close(savingOf(0.75).supervisedLabels, 100 * 10 ** 0.25, "a quarter of the way");
  assert.equal(savingOf(0.6).supervisedLabels, 10);
  close(savingOf(0.9).supervisedLabels, 1000);
  assert.equal(savingOf(0.65).beyond, "");
  assert.equal(savingOf(0.65).labels, 20);
});

Deno.test("labelSavings() says above or below when the score is beyond the curve", () => {
  assert.deepEqual([savingOf(0.91).supervisedLabels, savingOf(0.91).beyond], [null, "above"]);
  assert.deepEqual([savingOf(0.59).supervisedLabels, savingOf(0.59).beyond], [null, "below"]);
});

Deno.test("labelSavings() pools violators by their cells when the curve goes down", () => {
  const points = [
    pointOf("supervised", 10, { mean: 0.5 }),
    pointOf("supervised", 100, { mean: 0.75, cells: 4, failed: 1 }),
    pointOf("supervised", 1000, { mean: 0.625, cells: 1 }),
    pointOf("supervised", 10000, { mean: 0.84375 }),
  ];
  // The two in the middle pool to (3 * 0.75 + 1 * 0.625) / 4 = 0.71875, reached first at 100 labels.
  close(savingOf(0.71875, points).supervisedLabels, 100);
  close(savingOf(0.78125, points).supervisedLabels, 1000 * Math.sqrt(10));
});

Deno.test("labelSavings() merges points of the reference when they have equal labels", () => {
  const points = [
    pointOf("supervised", 10, { mean: 0.5 }),
    pointOf("supervised", 100, { mean: 0.875, cells: 1 }),
    pointOf("supervised", 100, { mean: 0.625, cells: 3, budget: 0.5 }),
  ];
  close(savingOf(0.6875, points).supervisedLabels, 100);
  assert.equal(savingOf(0.69, points).beyond, "above");
});

Deno.test("labelSavings() compares within a value of the grid and leaves out what has no score", () => {
  const noisy = { grid: { "signal.noise": 5 } };
  const points = [
    ...curve,
    pointOf("supervised", 10, { mean: 0.5, ...noisy }),
    pointOf("supervised", 1000, { mean: 0.7, ...noisy }),
    pointOf("frozen", 20, { mean: 0.6, ...noisy }),
    pointOf("frozen", 40, { mean: null }),
    pointOf("frozen", 80, { mean: 0.6, grid: { "signal.noise": 9 } }),
  ];
  const savings = labelSavings(points, options);
  assert.equal(savings.length, 1);
  assert.deepEqual(savings[0].grid, noisy.grid);
  close(savings[0].supervisedLabels, 100);
});

Deno.test("labelSavings() throws when the reference has a score without labels", () => {
  assert.throws(() => savingOf(0.6, [pointOf("supervised", 0, { mean: 0.5 })]), RangeError);
});
