import assert from "node:assert/strict";
import { stream } from "../../src/random/stream.ts";
import { hasPlausibleRate, kurtosis, PLAUSIBILITY } from "../../src/signal/plausibility.ts";

const RATE = { sampleRateHz: 256 };

/** A beat of 40 ms each 0.8 s. */
const beats = (time: number) => Math.exp(-((((time / 256) % 0.8 - 0.4) / 0.02) ** 2));

Deno.test("kurtosis() is that of Gaussian noise for noise, and far above it for beats", () => {
  const draw = stream(1, "noise");
  const noise = Float64Array.from({ length: 25_600 }, () => draw.normal());
  // The standard error of a kurtosis is sqrt(24 / n), n the samples that are independent, 78 of 128 Hz of them.
  assert.ok(Math.abs(kurtosis(noise, RATE) - 3) < 4 * Math.sqrt(24 / (25_600 * 78 / 256)));
  const clean = Float64Array.from({ length: 2560 }, (_, time) => beats(time));
  assert.ok(kurtosis(clean, RATE) > 8);
  const drowned = clean.map((value, time) => value + 2 * noise[time]);
  assert.ok(kurtosis(drowned, RATE) < PLAUSIBILITY.kurtosis);
});

Deno.test("kurtosis() does not depend on scale, offset or sign", () => {
  const samples = Float64Array.from({ length: 2560 }, (_, time) => beats(time) + 0.1 * Math.sin(0.3 * time));
  const expected = kurtosis(samples, RATE);
  assert.ok(Math.abs(kurtosis(samples.map((value) => 100 - 3 * value), RATE) - expected) < 1e-6 * expected);
});

Deno.test("kurtosis() is 1 for a flat line, and refuses a rate that can't carry 40 Hz", () => {
  assert.equal(kurtosis(new Float64Array(100), RATE), 1);
  assert.throws(() => kurtosis(new Float64Array(100), { sampleRateHz: 80 }), { name: "RangeError" });
});

Deno.test("hasPlausibleRate() holds from 40 to 180 beats a minute", () => {
  const every = (period: number) =>
    Array.from({ length: Math.floor(10 / period) }, (_, beat) => (beat + 0.5) * period);
  assert.deepEqual(
    [1.55, 1.5, 1, 60 / 180, 0.32].map((period) => hasPlausibleRate(every(period), { seconds: 10 })),
    [
      false,
      true,
      true,
      true,
      false,
    ],
  );
});

Deno.test("hasPlausibleRate() refuses more than 3 s without a beat, also at a border, and fewer than two beats", () => {
  assert.ok(hasPlausibleRate([3, 4, 5], { seconds: 8 }));
  assert.ok(!hasPlausibleRate([3.1, 4, 5], { seconds: 8 }));
  assert.ok(!hasPlausibleRate([3, 4, 5], { seconds: 8.1 }));
  assert.ok(!hasPlausibleRate([1, 2, 5.5, 6], { seconds: 7 }));
  assert.ok(!hasPlausibleRate([1], { seconds: 2 }));
});
