import assert from "node:assert/strict";
import { equalMeanRateTimeline, measuredTimeline } from "../../../src/datasets/beats/timeline.ts";
import { stream } from "../../../src/random/stream.ts";
import { assertWithin } from "../statistics.ts";

const rate = { bpm: 72, windowSeconds: 10, file: "beats.tsv" };

/** Beats in intervals that differ by up to a third, of a heart that gets faster. */
function irregular(count: number, { from, to }: { from: number; to: number }): Float64Array {
  const draw = stream(1, `irregular/${from}`), beats = new Float64Array(count);
  for (let beat = 1; beat < count; beat++) {
    beats[beat] = beats[beat - 1] +
      (from + (to - from) * beat / count) * (1 + (draw.uniform() - 0.5) / 3);
  }
  return beats;
}

Deno.test("measuredTimeline() leaves times alone and ends with the last beat", () => {
  const beats = Float64Array.of(0.4, 1.2, 2.1);
  assert.deepEqual(measuredTimeline(beats), { beats, seconds: 2.1 });
});

Deno.test("equalMeanRateTimeline() puts the same number of beats into every window, the first at the same place", () => {
  for (const [from, to] of [[1.1, 0.9], [0.5, 0.4]]) {
    const { beats, seconds } = equalMeanRateTimeline(irregular(100, { from, to }), rate);
    // 99 intervals are 8 blocks of 12 and 3 left over; one beat more ends the last block.
    assert.equal(seconds, 80);
    assert.equal(beats.length, 97);
    for (let window = 0; window < 8; window++) {
      const inside = beats.filter((time) => time >= 10 * window && time < 10 * (window + 1));
      assert.equal(inside.length, 12);
      assertWithin(inside[0] - 10 * window, 30 / 72, 1e-9);
    }
    assertWithin(beats[96], 80 + 30 / 72, 1e-9);
  }
});

Deno.test("equalMeanRateTimeline() keeps the ratios of the intervals within a window", () => {
  const measured = irregular(40, { from: 0.9, to: 0.7 });
  const { beats } = equalMeanRateTimeline(measured, rate);
  for (let block = 0; block < 3; block++) {
    for (let beat = 12 * block; beat < 12 * block + 12; beat++) {
      const share = (times: Float64Array) =>
        (times[beat + 1] - times[beat]) / (times[12 * block + 12] - times[12 * block]);
      assertWithin(share(beats), share(measured), 1e-12);
    }
  }
});

Deno.test("equalMeanRateTimeline() leaves of the mean interval in a window what the crossing one takes", () => {
  const { beats } = equalMeanRateTimeline(irregular(100, { from: 1, to: 0.5 }), rate);
  for (let window = 0; window < 8; window++) {
    const first = 12 * window, crossing = beats[first + 12] - beats[first + 11];
    const meanInside = (beats[first + 11] - beats[first]) / 11;
    assertWithin(meanInside - 60 / 72, (60 / 72 - crossing) / 11, 1e-9);
  }
});

Deno.test("equalMeanRateTimeline() gives a heart that beats k times as fast the same windows", () => {
  const slow = irregular(50, { from: 1, to: 0.8 });
  const fast = equalMeanRateTimeline(slow.map((time) => time / 1.7), rate);
  equalMeanRateTimeline(slow, rate).beats.forEach((time, beat) => assertWithin(fast.beats[beat], time, 1e-9));
});

Deno.test("equalMeanRateTimeline() refuses too few beats, and an interval across a border that is too short", () => {
  assert.throws(
    () => equalMeanRateTimeline(irregular(12, { from: 1, to: 1 }), rate),
    new RangeError(
      "beats.tsv: Cannot render windows of 10 s at 72 bpm: there must be at least 12 intervals, got 11",
    ),
  );
  // Two intervals a window, of 3 and 1 s: the second is half the mean of 2 s, and its beat falls on the border.
  assert.throws(
    () => equalMeanRateTimeline(Float64Array.of(0, 3, 4), { bpm: 60, windowSeconds: 2, file: "beats.tsv" }),
    new RangeError(
      "beats.tsv: Cannot render windows of 2 s at 60 bpm: the interval across a border must be longer than half the mean " +
        "of its window, got 0.5 of it before beat 3",
    ),
  );
});
