import assert from "node:assert/strict";
import { sampleEntropy } from "../../../src/signal/variability/entropy.ts";
import { normalIntervals } from "../../../src/signal/variability/intervals.ts";
import { bandPower, lombScargle } from "../../../src/signal/variability/spectrum.ts";

Deno.test("lombScargle() integrates to the variance", () => {
  const seconds = Float64Array.from({ length: 300 }, (_, index) => index * 0.9);
  const values = seconds.map((time) => 5 + Math.sin(0.7 * time) + 0.3 * Math.cos(2.1 * time));
  const mean = values.reduce((sum, value) => sum + value) / 300;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 299;
  const spectrum = lombScargle(values, seconds);
  assert.ok(Math.abs(bandPower(spectrum, { from: 0, to: Infinity }) - variance) < 1e-9 * variance);
  // sin(0.7 t) is at 0.111 Hz and has 0.5 of 0.545 of the variance, of which 1 / (2 pi^2 k) leaks beyond k / T on a side.
  const near = bandPower(spectrum, { from: 0.05, to: 0.2 });
  assert.ok(Math.abs(near / variance - 0.5 / 0.545) < 0.02);
});

Deno.test("lombScargle() refuses fewer than three values", () => {
  assert.throws(() => lombScargle([1, 2], [0, 1]), { name: "RangeError" });
});

Deno.test("sampleEntropy() counts pairs by hand", () => {
  // Stretches of 1 among the first four: 1 2 1 3: one pair (1, 1), which goes on with 2 and 3: within 1 alone.
  assert.equal(sampleEntropy([1, 2, 1, 3, 1], { length: 1, tolerance: 0.5 }), null);
  // Within 1: all pairs but (1, 3), (1, 3): (1,2) (1,1) (2,1) (2,3) = 4; they go on (2,1) (2,3) (1,3) (1,1): 3 are near.
  assert.equal(sampleEntropy([1, 2, 1, 3, 1], { length: 1, tolerance: 1 }), Math.log(4 / 3));
  assert.throws(() => sampleEntropy([1], { length: 0, tolerance: 1 }), { name: "RangeError" });
});

Deno.test("normalIntervals() refuses times that do not increase, and marks for other beats", () => {
  for (const times of [[0, 0], [1, 0], [0, NaN]]) {
    assert.throws(() => normalIntervals(times), { name: "RangeError" });
  }
  assert.throws(() => normalIntervals([0, 1], { isNormal: [true] }), { name: "TypeError" });
  assert.equal(normalIntervals([]).durationSeconds, 0);
});
