import assert from "node:assert/strict";
import { ratingWithin } from "../../src/datasets/tracks.ts";

const track = { seconds: Float64Array.of(0.5, 1, 2, 4), values: Float64Array.of(2, 6, NaN, 9) };

Deno.test("ratingWithin() weights each value by the time that it holds", () => {
  // 2 for a quarter of a second, 6 for three quarters.
  assert.deepEqual(ratingWithin(track, { from: 0.75, to: 1.75 }), { mean: 5, lowest: 2, highest: 6 });
});

Deno.test("ratingWithin() holds the last value to the end", () => {
  assert.deepEqual(ratingWithin(track, { from: 100, to: 101 }), { mean: 9, lowest: 9, highest: 9 });
});

Deno.test("ratingWithin() is null before the first value and where one is missing, though not beside it", () => {
  assert.equal(ratingWithin(track, { from: 0, to: 1 }), null);
  assert.equal(ratingWithin(track, { from: 1.5, to: 2.5 }), null);
  assert.deepEqual(ratingWithin(track, { from: 1.5, to: 2 }), { mean: 6, lowest: 6, highest: 6 });
});

Deno.test("ratingWithin() gives a constant rating itself, whatever the time", () => {
  const constant = { seconds: Float64Array.of(0, 0.1, 0.3), values: Float64Array.of(5.1, 5.1, 5.1) };
  assert.equal(ratingWithin(constant, { from: 0, to: 0.7 })?.mean, 5.1);
});

Deno.test("ratingWithin() refuses a stretch that ends before it begins", () => {
  assert.throws(() => ratingWithin(track, { from: 1, to: 1 }), { name: "RangeError" });
});
