import assert from "node:assert/strict";
import input from "../golden/signal/input.json" with { type: "json" };
import { quality } from "../../src/signal/quality.ts";

const sine = (length: number) => Float64Array.from({ length }, (_, time) => Math.sin(0.1 * time));

Deno.test("quality() finds nothing wrong with a heartbeat", () => {
  assert.equal(quality(Float64Array.from(input.samples)).verdict, "ok");
});

Deno.test("quality() gives flat when half of the window is one value", () => {
  const samples = sine(100);
  samples.fill(0.3, 20, 70);
  assert.equal(quality(samples).longestRun, 0.5);
  assert.equal(quality(samples).verdict, "flat");
  samples[45] = 0.2; // Two runs of 25 and 24 are no half.
  assert.equal(quality(samples).verdict, "ok");
});

Deno.test("quality() gives saturated when a tenth of the window is at its largest or smallest", () => {
  for (const sign of [1, -1]) {
    const clipped = sine(1000).map((value) => sign * Math.min(value, 0.9));
    const { verdict, atExtreme } = quality(clipped);
    assert.equal(verdict, "saturated");
    // sin x > 0.9 for (pi - 2 asin 0.9) / (2 pi) = 14.4% of a period.
    assert.ok(Math.abs(atExtreme - 0.144) < 0.01);
  }
  assert.equal(quality(sine(1000).map((value) => Math.min(value, 0.99))).verdict, "ok");
});

Deno.test("quality() gives non-finite before anything else", () => {
  for (const bad of [NaN, Infinity, -Infinity]) {
    const samples = new Float64Array(100);
    samples[10] = bad;
    assert.deepEqual([quality(samples).verdict, quality(samples).nonFinite], ["non-finite", 0.01]);
  }
  assert.equal(quality(new Float64Array(5).fill(NaN)).verdict, "non-finite");
});

Deno.test("quality() throws RangeError when there are no samples", () => {
  assert.throws(() => quality(new Float64Array(0)), { name: "RangeError", message: /at least one sample/ });
});
