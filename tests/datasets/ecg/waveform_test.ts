import assert from "node:assert/strict";
import { AVERAGE_SHAPE, waveform } from "../../../src/datasets/ecg/waveform.ts";
import golden from "../../golden/datasets/limit_cycle.json" with { type: "json" };
import { assertWithin } from "../statistics.ts";

Deno.test("waveform() is the model of McSharry et al. integrated on the limit cycle", () => {
  const { intervalSeconds, sampleRateHz, cycles, shape, millivolts } = golden;
  const beats = Array.from({ length: cycles + 3 }, (_, beat) => (beat - 1.5) * intervalSeconds);
  const ecg = waveform(beats, shape, { sampleRateHz, seconds: millivolts.length / sampleRateHz });
  assert.equal(ecg.length, millivolts.length);
  millivolts.forEach((expected, sample) => assertWithin(ecg[sample], expected, 1e-5));
});

Deno.test("waveform() peaks at every beat", () => {
  const beats = [-1, 0.3, 1.2, 1.9, 2.65, 3.8];
  const sampleRateHz = 1000, ecg = waveform(beats, AVERAGE_SHAPE, { sampleRateHz, seconds: 4 });
  const peaks = Array.from(ecg.keys()).filter((sample) =>
    ecg[sample] > 0.7 && ecg[sample] >= ecg[sample - 1] && ecg[sample] > ecg[sample + 1]
  );
  assert.equal(peaks.length, 5);
  // Q and S pull the top of R by a fraction of a millisecond.
  peaks.forEach((peak, index) => assertWithin(peak / sampleRateHz, beats[index + 1], 0.0011));
});

Deno.test("waveform() moves T with the square root of the preceding interval and leaves P and R where they are", () => {
  const sampleRateHz = 1000;
  const topOf = (interval: number, { from, to }: { from: number; to: number }) => {
    const ecg = waveform([1 - interval, 1], AVERAGE_SHAPE, { sampleRateHz, seconds: 2 });
    const part = ecg.subarray(sampleRateHz + from, sampleRateHz + to);
    return from + part.indexOf(Math.max(...part));
  };
  for (const [interval, expected] of [[1, 250], [0.64, 200], [0.36, 150]]) {
    assertWithin(topOf(interval, { from: 100, to: 400 }), expected, 1);
    assertWithin(topOf(interval, { from: -250, to: -80 }), -155, 1);
    assertWithin(topOf(interval, { from: -20, to: 20 }), 0, 1);
  }
});

Deno.test("waveform() has a QRS of 80 to 100 ms and R of about 1 mV", () => {
  const sampleRateHz = 1000;
  const ecg = waveform([0, 1], AVERAGE_SHAPE, { sampleRateHz, seconds: 2 });
  assertWithin(Math.max(...ecg), 1, 0.15);
  const qrs = ecg.subarray(920, 1080);
  const beyond = Array.from(qrs.keys()).filter((sample) => Math.abs(qrs[sample]) > 0.02);
  assertWithin(beyond[beyond.length - 1] - beyond[0], 90, 10);
});
