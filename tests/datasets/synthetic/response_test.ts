import assert from "node:assert/strict";
import { responseQuantile } from "../../../src/datasets/synthetic/response.ts";
import { assertWithin, deviation, mean } from "../statistics.ts";

const POINTS = 1_000_000;
const values = Array.from({ length: POINTS }, (_, index) => responseQuantile((index + 0.5) / POINTS));

Deno.test("responseQuantile() has mean 8.3, deviation 7.9 and 28% below 2 bpm", () => {
  assertWithin(mean(values), 8.3, 0.005);
  assertWithin(deviation(values), 7.9, 0.01);
  assert.equal(values.filter((bpm) => bpm < 2).length, 280_000);
});

Deno.test("responseQuantile() rises from -2 without a gap and ends", () => {
  assert.equal(responseQuantile(0), -2);
  assert.ok(values.every((value, index) => index === 0 || value >= values[index - 1]));
  assertWithin(responseQuantile(0.28 + 1e-9), 2, 1e-4);
  assert.ok(responseQuantile(1) < 54);
});
