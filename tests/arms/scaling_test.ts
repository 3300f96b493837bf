import assert from "node:assert/strict";
import { fitScaling, scaleRows } from "../../src/arms/scaling.ts";

Deno.test("fitScaling() fills before it scales, column by column", () => {
  // The first column is 2, NaN, 4 and 12: the median 4 takes the place of what is missing, and then the mean is 5.5.
  const rows = Float32Array.of(2, 1, NaN, 1, 4, 1, 12, 1);
  const { medians, means, deviations } = fitScaling(rows, { columns: 2 });
  assert.deepEqual([...medians], [4, 1]);
  assert.deepEqual([...means], [5.5, 1]);
  const squares = 3.5 ** 2 + 1.5 ** 2 + 1.5 ** 2 + 6.5 ** 2;
  assert.deepEqual([...deviations], [Math.sqrt(squares / 4), 1]);
});

Deno.test("fitScaling() takes the mean of the two in the middle, and 0 where all is missing", () => {
  assert.deepEqual([...fitScaling(Float32Array.of(5, 1, NaN, 2, 9), { columns: 1 }).medians], [3.5]);
  const { medians, means, deviations } = fitScaling(Float32Array.of(NaN, NaN), { columns: 1 });
  assert.deepEqual([medians[0], means[0], deviations[0]], [0, 0, 1]);
});

Deno.test("scaleRows() fills and scales other rows by what was learned", () => {
  const scaling = fitScaling(Float32Array.of(0, 10, 2, 30), { columns: 2 });
  assert.deepEqual([...scaleRows(Float32Array.of(3, NaN, NaN, 40), scaling)], [2, 0, 0, 2]);
});
