import assert from "node:assert/strict";
import { beatTimes } from "../../../src/datasets/synthetic/beats.ts";
import { drawPerson, type Person } from "../../../src/datasets/synthetic/person.ts";
import { drawState, type State } from "../../../src/datasets/synthetic/state.ts";
import { truthOf } from "../../../src/datasets/synthetic/truth.ts";
import { stream } from "../../../src/random/stream.ts";
import { assertWithin } from "../statistics.ts";

const still = (level: number) => ({ level, amplitude: 0, periodSeconds: 60, phase: 0 });
const rest: State = { arousal: still(3.5), valence: still(5) };
const stress: State = { arousal: still(6.5), valence: still(5) };
const person: Person = {
  ...drawPerson(stream(1, "person")),
  restHeartRateBpm: 75,
  responseBpm: 15,
  restLnRmssd: Math.log(30),
  lnRmssdChange: -0.5,
  lfToHf: 2,
  wander: 0.02,
  respirationHz: 0.25,
};
const HOUR = 3600;

function measured(state: State, effect: number) {
  const beats = beatTimes(person, { state, seconds: HOUR, effect, stream: stream(1, "beats") });
  return truthOf(beats, state, { fromSeconds: 0, seconds: HOUR, recordingSeconds: HOUR });
}

Deno.test("beatTimes() meets heart rate and RMSSD of either condition over an hour", () => {
  assertWithin(measured(rest, 1).heartRateBpm, 75, 0.3);
  assertWithin(measured(rest, 1).lnRmssd, Math.log(30), 0.05);
  assertWithin(measured(stress, 1).heartRateBpm, 90, 0.4);
  assertWithin(measured(stress, 1).lnRmssd, Math.log(30) - 0.5, 0.05);
});

Deno.test("beatTimes() doubles the response at effect 2", () => {
  assertWithin(measured(stress, 2).heartRateBpm, 105, 0.5);
  assertWithin(measured(stress, 2).lnRmssd, Math.log(30) - 1, 0.08);
});

Deno.test("beatTimes() gives the same beats for any state at effect 0", () => {
  const options = { seconds: 60, effect: 0, stream: stream(1, "beats") };
  assert.deepEqual(
    beatTimes(person, { ...options, state: drawState("rest", stream(1, "rest")) }),
    beatTimes(person, { ...options, state: drawState("stress", stream(2, "stress")) }),
  );
});

Deno.test("beatTimes() has two peaks of power, at 0.1 Hz and at respiration, in the person's ratio", () => {
  const beats = beatTimes(person, { state: rest, seconds: HOUR, effect: 1, stream: stream(1, "beats") });
  // The spectrum of a series at uneven times by its definition; the last interval has no beat after it.
  const intervals = Array.from(beats.subarray(1), (time, index) => time - beats[index]);
  const mean = intervals.reduce((sum, value) => sum + value, 0) / intervals.length;
  const power = (fromHz: number, toHz: number) => {
    let sum = 0;
    for (let frequencyHz = fromHz; frequencyHz < toHz; frequencyHz += 1 / HOUR) {
      let real = 0, imaginary = 0;
      intervals.forEach((interval, index) => {
        const angle = 2 * Math.PI * frequencyHz * beats[index];
        real += (interval - mean) * Math.cos(angle);
        imaginary += (interval - mean) * Math.sin(angle);
      });
      sum += real ** 2 + imaginary ** 2;
    }
    return sum;
  };
  const lf = power(0.07, 0.13), hf = power(0.22, 0.28);
  assertWithin(lf / hf, 2, 0.2);
  assert.ok(power(0.15, 0.2) < 0.1 * hf, "there is a valley between the peaks");
});

Deno.test("beatTimes() reaches past both ends and keeps intervals in a living range", () => {
  const wild = { ...person, restLnRmssd: 8, wander: 0.2 };
  const beats = beatTimes(wild, { state: stress, seconds: 60, effect: 5, stream: stream(1, "beats") });
  assert.ok(beats[0] < 0 && beats[beats.length - 1] > 60);
  for (let beat = 1; beat < beats.length; beat++) assert.ok(beats[beat] - beats[beat - 1] >= 0.3 - 1e-9);
});
