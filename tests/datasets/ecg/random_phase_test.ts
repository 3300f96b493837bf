import assert from "node:assert/strict";
import { randomPhaseSeries } from "../../../src/datasets/ecg/random_phase.ts";
import { stream } from "../../../src/random/stream.ts";
import { assertWithin } from "../statistics.ts";

/** One-sided periodogram at a bin by the definition of the discrete Fourier transform. */
function periodogram(series: Float64Array, { bin, sampleRateHz }: { bin: number; sampleRateHz: number }) {
  let real = 0, imaginary = 0;
  series.forEach((value, sample) => {
    real += value * Math.cos(2 * Math.PI * bin * sample / series.length);
    imaginary -= value * Math.sin(2 * Math.PI * bin * sample / series.length);
  });
  return 2 * (real ** 2 + imaginary ** 2) / (series.length * sampleRateHz);
}

Deno.test("randomPhaseSeries() has the density that was asked for at every frequency", () => {
  const density = (frequencyHz: number) => frequencyHz < 1.5 ? 3 / frequencyHz : 0;
  const series = randomPhaseSeries(stream(1, "series"), { length: 64, sampleRateHz: 4, density });
  for (let bin = 1; bin < 32; bin++) {
    assertWithin(periodogram(series, { bin, sampleRateHz: 4 }), density(bin / 16), 1e-9);
  }
  assertWithin(periodogram(series, { bin: 0, sampleRateHz: 4 }), 0, 1e-9);
});

Deno.test("randomPhaseSeries() cuts a length that is no power of two from the next one", () => {
  const options = { sampleRateHz: 4, density: () => 1 };
  const whole = randomPhaseSeries(stream(1, "series"), { ...options, length: 64 });
  const part = randomPhaseSeries(stream(1, "series"), { ...options, length: 40 });
  assert.deepEqual(part, whole.slice(0, 40));
});

Deno.test("randomPhaseSeries() has phases of its own for every stream", () => {
  const options = { length: 64, sampleRateHz: 4, density: () => 1 };
  assert.notDeepEqual(randomPhaseSeries(stream(1, "a"), options), randomPhaseSeries(stream(1, "b"), options));
});
