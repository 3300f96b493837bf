import assert from "node:assert/strict";
import { renderRecording } from "../../../src/datasets/beats/recording.ts";
import { drawWearer, type Wearer } from "../../../src/datasets/beats/wearer.ts";
import { AVERAGE_SHAPE } from "../../../src/datasets/ecg/waveform.ts";
import { stream } from "../../../src/random/stream.ts";
import { assertWithin, mean } from "../statistics.ts";

const plain: Wearer = {
  fingerprint: {
    shape: AVERAGE_SHAPE,
    polarity: 1,
    gain: 1,
    gainDrift: 0,
    wanderMillivolts: 0,
    snrDb: 200,
    noiseExponent: 1,
    mainsShare: 0,
  },
  respirationHz: 0.25,
  signalVariance: 0.05,
};
const render = (beats: readonly number[], seconds: number, wearer: Wearer = plain) =>
  renderRecording({ beats: Float64Array.from(beats), seconds }, { wearer, stream: stream(1, "recording") });

Deno.test("renderRecording() puts R peaks and marks at the beats alone, in mV at 256 Hz", () => {
  const { sampleRateHz, leads: [{ name, unit, samples }], annotations = [] } = render([0.75, 1.5, 2.5], 2.5);
  assert.deepEqual([sampleRateHz, name, unit, samples.length], [256, "ECG", "mV", 640]);
  // The last beat lies on the end.
  assert.deepEqual(annotations, [
    { sample: 192, symbol: "N", text: "" },
    { sample: 384, symbol: "N", text: "" },
  ]);
  for (const { sample } of annotations) {
    // The heights of R and of the waves near it: Q and S at 26 and 28 ms.
    assertWithin(samples[sample], 1.1 - 0.12 * Math.exp(-5.28125) - 0.25 * Math.exp(-4.8395), 1e-4);
  }
  const before = samples.subarray(0, Math.floor((0.75 - 0.255) * 256));
  assert.ok(before.every((value) => Math.abs(value) < 1e-3), "nothing is made up before the first P wave");
});

Deno.test("renderRecording() takes the first beat to follow an interval as long as the next", () => {
  const [{ samples }] = render([0.5, 1.31], 1.31).leads;
  // T lies 0.25 sqrt(RR) s after R: RR is 0.81 s, its root 0.9.
  const t = samples.subarray(Math.round(0.6 * 256), Math.round(0.9 * 256));
  const peak = Math.round(0.6 * 256) + t.indexOf(Math.max(...t));
  assertWithin(peak / 256, 0.5 + 0.25 * 0.9, 0.003);
});

Deno.test("renderRecording() adds noise of the same power to a slow and a fast heart", () => {
  for (let index = 0; index < 10; index++) {
    const drawn = drawWearer(stream(1, `person/${index}`), { noise: { fromDb: 5, toDb: 30 } });
    const quiet = { ...drawn, fingerprint: { ...drawn.fingerprint, snrDb: 200 } };
    const noisePower = (intervalSeconds: number) => {
      const beats = Array.from({ length: 60 }, (_, beat) => intervalSeconds * (beat + 1));
      const [noisy, clean] = [drawn, quiet].map((wearer) => render(beats, 25, wearer).leads[0].samples);
      return mean(Array.from(noisy, (value, sample) => (value - clean[sample]) ** 2));
    };
    const expected = drawn.signalVariance / 10 ** (drawn.fingerprint.snrDb / 10);
    // By the variance of each recording, twice the beats would have about twice the noise.
    for (const intervalSeconds of [1, 0.5]) {
      assertWithin(noisePower(intervalSeconds) / expected, 1, 1e-6);
    }
  }
});
