import assert from "node:assert/strict";
import { centreByGroup, HRV_COLUMNS, hrvFeatures } from "../../src/arms/hrv_features.ts";
import { rowsInMemory } from "../../src/formats/rows.ts";

const SAMPLE_RATE_HZ = 128, SAMPLES = 10 * SAMPLE_RATE_HZ;

/** Ten seconds with a beat at each of these times. */
function windowOf(beatSeconds: readonly number[]): Float32Array {
  return Float32Array.from({ length: SAMPLES }, (_, time) => {
    const at = time / SAMPLE_RATE_HZ;
    return beatSeconds.reduce((sum, beat) => sum + Math.exp(-(((at - beat) / 0.015) ** 2)), 0);
  });
}

function tableOf(windows: readonly Float32Array[]) {
  const values = new Float32Array(windows.length * SAMPLES);
  windows.forEach((window, index) => values.set(window, index * SAMPLES));
  return rowsInMemory(values, SAMPLES);
}

const beats = (interval: number) =>
  Array.from({ length: Math.floor(9 / interval) }, (_, i) => 0.5 + i * interval);

Deno.test("hrvFeatures() gives each window a row from the beats found in it", () => {
  // Every time is a whole number of samples at 128 Hz. The third window has three beats, one too few.
  const early = [1, 2, 3, 3.5, 5, 6, 7, 8, 9];
  const table = tableOf([
    windowOf(beats(0.75)),
    windowOf(early),
    windowOf([1, 4, 7]),
    new Float32Array(SAMPLES),
  ]);
  const features = hrvFeatures(table, { sampleRateHz: SAMPLE_RATE_HZ });
  const row = (index: number) => [...features.subarray(5 * index, 5 * index + 5)];
  assert.equal(features.length, 4 * HRV_COLUMNS.length);
  assert.deepEqual(row(0), [0.75, 0, 0, 1, 1]);
  // Intervals 1 1 0.5 1.5 1 1 1 1: differences -0.5, 1, -0.5, of seven; deviations 0.5 twice.
  const expected = [1, Math.sqrt(1.5 / 7), Math.sqrt(0.5 / 7), 0.5, 1.5];
  row(1).forEach((value, column) => assert.ok(Math.abs(value - expected[column]) < 1e-6, `${row(1)}`));
  assert.deepEqual([...row(2), ...row(3)], new Array(10).fill(NaN));
});

Deno.test("hrvFeatures() does not depend on the normalisation, and tells how far it is", () => {
  const windows = Array.from({ length: 70 }, (_, index) => windowOf(beats(0.6 + index / 128))),
    done: number[] = [];
  const features = hrvFeatures(tableOf(windows), {
    sampleRateHz: SAMPLE_RATE_HZ,
    progress: (count) => done.push(count),
  });
  const scaled = tableOf(windows.map((window) => window.map((value) => 4 * value - 1)));
  assert.deepEqual(hrvFeatures(scaled, { sampleRateHz: SAMPLE_RATE_HZ }), features);
  assert.deepEqual(done, [64, 70]);
  for (const [index, window] of [[0, 0.6], [65, 0.6 + 65 / 128]]) {
    assert.ok(Math.abs(features[5 * index] - window) < 0.002, `${features[5 * index]}`);
  }
});

Deno.test("centreByGroup() takes the mean of each group and column away, and leaves out what is missing", () => {
  const features = Float32Array.of(1, 10, 3, NaN, 5, 20, NaN, NaN), groups = ["a", "b", "a", "c"];
  assert.deepEqual(
    centreByGroup(features, { columns: 2, groups }),
    Float32Array.of(-2, -5, 0, NaN, 2, 5, NaN, NaN),
  );
  assert.deepEqual(features, Float32Array.of(1, 10, 3, NaN, 5, 20, NaN, NaN));
});

Deno.test("centreByGroup() throws TypeError without a group for every window", () => {
  assert.throws(() => centreByGroup(new Float32Array(4), { columns: 2, groups: ["a"] }), {
    name: "TypeError",
    message: "Cannot centre features: there must be a group for each of 2 windows, got 1",
  });
});
