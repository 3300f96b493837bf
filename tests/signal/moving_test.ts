import assert from "node:assert/strict";
import { movingMean, movingMedian } from "../../src/signal/moving.ts";

const series = Float64Array.from({ length: 50 }, (_, index) => (index * 37) % 23);
const around = (index: number, halfWidth: number) =>
  series.slice(Math.max(0, index - halfWidth), index + halfWidth + 1);

Deno.test("movingMean() is the mean of the neighbourhood, with 0 beyond the ends", () => {
  const means = movingMean(series, { halfWidth: 4 });
  means.forEach((mean, index) => {
    const expected = around(index, 4).reduce((sum, value) => sum + value) / 9;
    assert.ok(Math.abs(mean - expected) < 1e-12, `${index}: ${mean}`);
  });
});

Deno.test("movingMean() is exactly 0, never below it, where a large value has passed", () => {
  const means = movingMean(Float64Array.of(0.1, 1e17, 0.1, 0, 0, 0), { halfWidth: 1 });
  assert.ok(means.every((mean) => mean >= 0), `${means}`);
});

Deno.test("movingMedian() is the median of the neighbourhood, which is smaller at the ends", () => {
  const medians = movingMedian(series, { halfWidth: 3 });
  medians.forEach((median, index) => {
    const sorted = around(index, 3).toSorted(), middle = sorted.length >> 1;
    const expected = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    assert.equal(median, expected, `${index}`);
  });
});

Deno.test("movingMean() and movingMedian() take neighbourhoods wider than the series", () => {
  const values = Float64Array.of(1, 2, 6);
  assert.deepEqual(movingMean(values, { halfWidth: 4 }), Float64Array.of(1, 1, 1));
  assert.deepEqual(movingMedian(values, { halfWidth: 4 }), Float64Array.of(2, 2, 2));
  assert.deepEqual(movingMedian(new Float64Array(), { halfWidth: 4 }), new Float64Array());
});
