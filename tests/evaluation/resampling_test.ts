import assert from "node:assert/strict";
import { percentileInterval, quantile, resamplePeople } from "../../src/evaluation/resampling.ts";
import { stream } from "../../src/random/stream.ts";
import golden from "../golden/evaluation/statistics.json" with { type: "json" };
import { close } from "./close.ts";

Deno.test("quantile() equals NumPy when the place lies between two values", () => {
  const { values, shares, expected } = golden.quantiles;
  shares.forEach((share, index) => close(quantile(values, share), expected[index], `share ${share}`));
});

Deno.test("quantile() throws when there are no values or the share is outside 0 to 1", () => {
  assert.throws(() => quantile([], 0.5), RangeError);
  for (const share of [-0.1, 1.1, NaN]) assert.throws(() => quantile([1], share), RangeError);
});

Deno.test("resamplePeople() draws as many people as there are when asked for many resamples", () => {
  const counts = resamplePeople(7, { resamples: 2000, stream: stream(1, "people") });
  const drawn = new Array<number>(7).fill(0);
  for (let row = 0; row < 2000; row++) {
    const own = counts.subarray(7 * row, 7 * row + 7);
    assert.equal(own.reduce((sum, count) => sum + count, 0), 7);
    own.forEach((count, person) => drawn[person] += count);
  }
  // Each person is drawn 2000 times on average, with a deviation of sqrt(14000 * 6 / 49) = 41.
  for (const count of drawn) assert.ok(Math.abs(count - 2000) < 5 * 41, `${count}`);
});

Deno.test("resamplePeople() gives the same people when the stream has the same name", () => {
  const draw = (name: string) => resamplePeople(9, { resamples: 20, stream: stream(4, name) });
  assert.deepEqual(draw("people"), draw("people"));
  assert.notDeepEqual(draw("people"), draw("others"));
});

Deno.test("resamplePeople() throws when there is nobody", () => {
  assert.throws(() => resamplePeople(0, { resamples: 10, stream: stream(1, "people") }), RangeError);
});

Deno.test("percentileInterval() leaves out undefined resamples when they are at most one in twenty", () => {
  const scores = Array.from({ length: 41 }, (_, index) => index);
  assert.deepEqual(percentileInterval([...scores, null, null]), { low: 1, high: 39 });
  assert.deepEqual(percentileInterval([...scores, null, null, null]), { low: null, high: null });
  assert.deepEqual(percentileInterval([]), { low: null, high: null });
});
