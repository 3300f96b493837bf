import assert from "node:assert/strict";
import { truthOf } from "../../../src/datasets/synthetic/truth.ts";
import { assertWithin } from "../statistics.ts";

const still = (level: number) => ({ level, amplitude: 0, periodSeconds: 60, phase: 0 });
const state = { arousal: still(6), valence: still(4) };
const beats = [-0.5, 0.5, 1.5, 2.75, 3.75, 4.5];

Deno.test("truthOf() counts the beats of the stretch alone", () => {
  // Beats 0.5, 1.5, 2.75, 3.75: intervals 1, 1.25, 1 s; differences +250 and -250 ms.
  const truth = truthOf(beats, state, { fromSeconds: 0, seconds: 4, recordingSeconds: 10 });
  assert.deepEqual(Object.keys(truth), ["arousal", "valence", "heartRateBpm", "lnRmssd"]);
  assert.deepEqual([truth.arousal, truth.valence], [6, 4]);
  assertWithin(truth.heartRateBpm, 60 / (3.25 / 3), 1e-12);
  assertWithin(truth.lnRmssd, Math.log(250), 1e-12);
});

Deno.test("truthOf() leaves undefined what too few beats cannot say", () => {
  const two = truthOf(beats, state, { fromSeconds: 0, seconds: 2, recordingSeconds: 10 });
  assert.equal(two.heartRateBpm, 60);
  assert.ok(Number.isNaN(two.lnRmssd));
  assert.ok(
    Number.isNaN(truthOf(beats, state, { fromSeconds: 0, seconds: 1, recordingSeconds: 10 }).heartRateBpm),
  );
});

Deno.test("truthOf() refuses a stretch outside the recording", () => {
  const refused = { name: "RangeError", message: /Cannot tell the truth of a stretch: .* got 5 to 11 s/ };
  assert.throws(() => truthOf(beats, state, { fromSeconds: 5, seconds: 6, recordingSeconds: 10 }), refused);
  assert.throws(
    () => truthOf(beats, state, { fromSeconds: -1, seconds: 6, recordingSeconds: 10 }),
    RangeError,
  );
  assert.throws(
    () => truthOf(beats, state, { fromSeconds: 0, seconds: NaN, recordingSeconds: 10 }),
    RangeError,
  );
});
