import assert from "node:assert/strict";
import { bridgeGaps, findGaps } from "../../src/signal/gaps.ts";

Deno.test("findGaps() gives none when all samples are finite", () => {
  assert.deepEqual(findGaps([1, 2, 3]), []);
});

Deno.test("bridgeGaps() draws straight lines inside and holds the neighbour at the ends", () => {
  const samples = [NaN, NaN, 5, NaN, -Infinity, NaN, 1, Infinity];
  assert.deepEqual(bridgeGaps(samples, findGaps(samples)), Float64Array.of(5, 5, 5, 4, 3, 2, 1, 1));
});

Deno.test("bridgeGaps() gives zeros when no sample is finite", () => {
  const samples = [NaN, NaN];
  assert.deepEqual(bridgeGaps(samples, findGaps(samples)), Float64Array.of(0, 0));
});
