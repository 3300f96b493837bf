import assert from "node:assert/strict";
import { drawWearer, recordingNumbers } from "../../../src/datasets/beats/wearer.ts";
import { waveform } from "../../../src/datasets/ecg/waveform.ts";
import { stream } from "../../../src/random/stream.ts";
import { assertWithin, deviation } from "../statistics.ts";

const noise = { fromDb: 5, toDb: 30 };
const people = Array.from({ length: 300 }, (_, person) => stream(1, `person/${person}`));

Deno.test("drawWearer() sets people apart and gives a person the same again", () => {
  const wearers = people.map((person) => drawWearer(person, { noise }));
  assert.deepEqual(drawWearer(stream(1, "person/0"), { noise }), wearers[0]);
  // The deviations of single traits, whose shares of person, session and recording add to 1.
  assertWithin(deviation(wearers.map(({ fingerprint }) => Math.log(fingerprint.gain))), 0.25, 0.03);
  assertWithin(
    deviation(wearers.map(({ fingerprint }) => Math.log(fingerprint.shape.T.millivolts))),
    0.35,
    0.045,
  );
  assertWithin(deviation(wearers.map(({ respirationHz }) => respirationHz)), 0.03, 0.004);
});

Deno.test("drawWearer() tells the variance of the person's waves at 75 beats a minute", () => {
  for (const person of people.slice(0, 5)) {
    const { fingerprint: { shape, gain }, signalVariance } = drawWearer(person, { noise });
    const beats = Array.from({ length: 104 }, (_, beat) => 0.8 * (beat - 2));
    const signal = waveform(beats, shape, { sampleRateHz: 1000, seconds: 80 }).map((value) => gain * value);
    assertWithin(signalVariance / deviation([...signal]) ** 2, 1, 1e-3);
  }
});

Deno.test("recordingNumbers() gives each condition each number equally often over people", () => {
  const first =
    people.filter((person) => recordingNumbers(["rest", "stress"], { person }).get("rest") === 1).length;
  // Three standard errors of 300 draws.
  assertWithin(first / people.length, 0.5, 0.087);
  for (const person of people.slice(0, 20)) {
    const numbers = recordingNumbers(["a", "b", "c"], { person });
    assert.deepEqual([...numbers.values()].toSorted(), [1, 2, 3]);
    const renamed = recordingNumbers(["x", "y", "z"], { person });
    assert.deepEqual(
      [..."abc"].map((name) => numbers.get(name)),
      [..."xyz"].map((name) => renamed.get(name)),
    );
  }
});
