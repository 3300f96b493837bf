import assert from "node:assert/strict";
import { recordLead } from "../../../src/datasets/ecg/electrode.ts";
import type { Fingerprint } from "../../../src/datasets/ecg/fingerprint.ts";
import { AVERAGE_SHAPE } from "../../../src/datasets/ecg/waveform.ts";
import { stream } from "../../../src/random/stream.ts";
import { assertWithin, mean } from "../statistics.ts";

// Half of the samples at 2 mV, the others at 0: variance 1.
const ecg = Float64Array.from({ length: 120 * 100 }, (_, sample) => 2 * (sample % 2));
const plain: Fingerprint = {
  shape: AVERAGE_SHAPE,
  polarity: 1,
  gain: 1,
  gainDrift: 0,
  wanderMillivolts: 0,
  snrDb: 200,
  noiseExponent: 1,
  mainsShare: 0,
};
const record = (fingerprint: Partial<Fingerprint>) =>
  recordLead(ecg, {
    fingerprint: { ...plain, ...fingerprint },
    respirationHz: 0.25,
    sampleRateHz: 100,
    stream: stream(1, "electrode"),
  });

Deno.test("recordLead() adds noise at the declared ratio to the variance of the signal", () => {
  for (const snrDb of [5, 17.5, 30]) {
    const noise = Array.from(record({ snrDb }), (value, sample) => value - ecg[sample]);
    assertWithin(10 * Math.log10(1 / mean(noise.map((value) => value ** 2))), snrDb, 1e-9);
  }
});

Deno.test("recordLead() keeps the ratio at any gain and polarity", () => {
  const [plus, minus] = [record({ snrDb: 10 }), record({ snrDb: 10, gain: 3, polarity: -1 })];
  const noise = Array.from(minus, (value, sample) => value + 3 * ecg[sample]);
  assertWithin(mean(noise.map((value) => value ** 2)), 9 / 10, 1e-9);
  assert.ok(plus.some((value, sample) => value !== minus[sample]));
});

Deno.test("recordLead() goes by the variance that it is given, whatever that of the signal is", () => {
  for (const gain of [1, 3]) {
    const noisy = recordLead(ecg, {
      fingerprint: { ...plain, gain, snrDb: 10 },
      respirationHz: 0.25,
      sampleRateHz: 100,
      signalVariance: 0.5,
      stream: stream(1, "electrode"),
    });
    const noise = Array.from(noisy, (value, sample) => value - gain * ecg[sample]);
    assertWithin(mean(noise.map((value) => value ** 2)), 0.05, 1e-9);
  }
});

Deno.test("recordLead() lets the gain drift slowly by its amplitude", () => {
  const drifting = record({ gainDrift: 0.1 });
  // In 120 s the gain goes through at least one period of 30 to 120 s; every other sample shows it.
  const logs = Array.from({ length: ecg.length / 2 }, (_, pair) => Math.log(drifting[2 * pair + 1] / 2));
  assertWithin(Math.max(...logs), 0.1, 1e-3);
  assertWithin(Math.min(...logs), -0.1, 1e-3);
  assert.ok(logs.every((value, index) => index === 0 || Math.abs(value - logs[index - 1]) < 0.001));
});

Deno.test("recordLead() lets the baseline wander within its sinusoids", () => {
  const wandering = Array.from(record({ wanderMillivolts: 0.1 }), (value, sample) => value - ecg[sample]);
  assert.ok(Math.max(...wandering.map(Math.abs)) <= 0.1 * (1 + 1 + 0.5) + 1e-6);
  // Sinusoids of amplitude 0.1, 0.1 and 0.05: half the sum of the squares, over a whole number of periods but
  // one of 0.12 Hz.
  assertWithin(mean(wandering.map((value) => value ** 2)), 0.01125, 0.0005);
});
