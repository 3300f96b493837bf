import assert from "node:assert/strict";
import { FEWEST_BEATS, heartRateVariability, HRV_FEATURES } from "../../src/signal/hrv.ts";

const close = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) <= 1e-12 * Math.abs(expected), `expected ${expected}, got ${actual}`);

/** Beats that are these intervals apart. */
const beats = (intervals: readonly number[]) => {
  const times = [3];
  for (const interval of intervals) times.push(times[times.length - 1] + interval);
  return times;
};

Deno.test("heartRateVariability() has the divisors that it states", () => {
  // Mean 0.8; differences 0.2, -0.4, 0.2; deviations 0, 0.2, -0.2, 0.
  const features = heartRateVariability(beats([0.8, 1, 0.6, 0.8]));
  assert.ok(features);
  close(features.meanRrSeconds, 0.8);
  close(features.rmssdShare, Math.sqrt((0.04 + 0.16 + 0.04) / 3) / 0.8);
  close(features.sdnnShare, Math.sqrt((0 + 0.04 + 0.04 + 0) / 3) / 0.8);
  close(features.shortestShare, 0.75);
  close(features.longestShare, 1.25);
});

Deno.test("heartRateVariability() gives shares that do not change with the rate", () => {
  const slow = heartRateVariability(beats([1, 1.2, 0.9, 1.1])),
    fast = heartRateVariability(beats([0.5, 0.6, 0.45, 0.55]));
  assert.ok(slow && fast);
  close(slow.meanRrSeconds, 2 * fast.meanRrSeconds);
  for (const name of ["rmssdShare", "sdnnShare", "shortestShare", "longestShare"] as const) {
    assert.ok(Math.abs(slow[name] - fast[name]) < 1e-12, name);
  }
});

Deno.test("heartRateVariability() of a steady pulse varies by nothing", () => {
  assert.deepEqual(heartRateVariability([0, 0.5, 1, 1.5, 2]), {
    meanRrSeconds: 0.5,
    rmssdShare: 0,
    sdnnShare: 0,
    shortestShare: 1,
    longestShare: 1,
  });
});

Deno.test("heartRateVariability() is null below four beats", () => {
  for (const times of [[], [1], [1, 2], [1, 2, 3]]) assert.equal(heartRateVariability(times), null);
  assert.ok(heartRateVariability([1, 2, 3, 4]));
  assert.equal(FEWEST_BEATS, 4);
});

Deno.test("heartRateVariability() throws RangeError when times do not increase", () => {
  for (const times of [[1, 2, 2, 3], [1, 2, 1.5, 3], [1, NaN, 2, 3], [2, 1]]) {
    assert.throws(() => heartRateVariability(times), RangeError);
  }
});

Deno.test("HRV_FEATURES names what is computed, in its order", () => {
  assert.deepEqual(Object.keys(heartRateVariability([0, 1, 2, 3]) ?? {}), Object.keys(HRV_FEATURES));
});
