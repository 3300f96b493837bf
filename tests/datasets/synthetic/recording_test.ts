import assert from "node:assert/strict";
import { protocol } from "../../../src/datasets/synthetic/protocol.ts";
import { drawRecording, simulateRecording } from "../../../src/datasets/synthetic/recording.ts";
import { syntheticSchema } from "../../../src/datasets/synthetic/schema.ts";
import { waveform } from "../../../src/datasets/ecg/waveform.ts";
import { assertWithin, deviation, mean } from "../statistics.ts";

const small = { people: 3, sessions: 2, recordingsPerSession: 4, seconds: 12 };

Deno.test("simulateRecording() gives samples that know nothing of the condition at effect 0", () => {
  const parameters = syntheticSchema.parse({ ...small, effect: 0 });
  for (const slot of protocol(parameters)) {
    const samples = (["rest", "stress"] as const).map((condition) =>
      simulateRecording({ ...slot, condition }, parameters).leads[0].samples
    );
    assert.deepEqual(samples[0], samples[1]);
  }
});

Deno.test("drawRecording() draws fingerprints that do not depend on the condition", () => {
  const parameters = syntheticSchema.parse(small);
  for (const slot of protocol(parameters)) {
    const [rest, stress] = (["rest", "stress"] as const).map((condition) =>
      drawRecording({ ...slot, condition }, parameters)
    );
    assert.deepEqual(rest.fingerprint, stress.fingerprint);
    assert.notDeepEqual(rest.beats, stress.beats);
  }
});

Deno.test("drawRecording() draws equal noise levels at rest and under stress", () => {
  const parameters = syntheticSchema.parse({ people: 100, seconds: 1 });
  const draws = [...protocol(parameters)].map((slot) => ({ slot, ...drawRecording(slot, parameters) }));
  const level = (condition: string) =>
    mean(
      draws.filter(({ slot }) => slot.condition === condition).map(({ fingerprint }) => fingerprint.snrDb),
    );
  // Recordings of a person deviate by about 4 dB, which leaves 0.3 dB for the difference of two means of 400.
  assertWithin(level("stress") - level("rest"), 0, 0.9);
});

Deno.test("simulateRecording() has the signal-to-noise ratio that was asked for", () => {
  const at = (snrDb: number) => syntheticSchema.parse({ ...small, noise: { fromDb: snrDb, toDb: snrDb } });
  for (const slot of protocol(at(10))) {
    const { beats, fingerprint: { shape, gain } } = drawRecording(slot, at(10));
    const signal = Array.from(waveform(beats, shape, at(10)), (value) => gain * value);
    const [noisy, clean] = [at(10), at(100)].map((parameters) =>
      simulateRecording(slot, parameters).leads[0].samples
    );
    const noise = Array.from(noisy, (value, sample) => value - clean[sample]);
    const snrDb = 20 * Math.log10(deviation(signal) / deviation(noise));
    // The drift of the gain, which this signal has not, changes it by up to 2 dB in 12 s.
    assertWithin(snrDb, 10, 2);
  }
});

Deno.test("simulateRecording() has R peaks at the beats, up or down by polarity", () => {
  const parameters = syntheticSchema.parse({ ...small, people: 10, noise: { fromDb: 100, toDb: 100 } });
  const polarities = new Set<number>();
  for (const slot of protocol(parameters)) {
    const { beats, fingerprint: { polarity } } = drawRecording(slot, parameters);
    const [{ samples }] = simulateRecording(slot, parameters).leads;
    polarities.add(polarity);
    for (const time of beats.filter((time) => time > 0.1 && time < small.seconds - 0.1)) {
      const first = Math.round((time - 0.1) * 256);
      const near = Array.from(samples.subarray(first, first + 51), (value) => polarity * value);
      // Within a sample and the pull of Q, S and the baseline.
      assertWithin((first + near.indexOf(Math.max(...near))) / 256, time, 0.008);
    }
  }
  assert.deepEqual(polarities, new Set([1, -1]));
});
