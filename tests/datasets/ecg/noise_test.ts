import assert from "node:assert/strict";
import { colouredNoise, meanSquare } from "../../../src/datasets/ecg/noise.ts";
import { stream } from "../../../src/random/stream.ts";
import { assertWithin } from "../statistics.ts";

const shared = { power: 0.25, length: 4096, sampleRateHz: 256, exponent: 1, mainsShare: 0 };

/** Power between two frequencies, by the definition of the discrete Fourier transform. */
function bandPower(samples: Float64Array, { fromHz, toHz }: { fromHz: number; toHz: number }): number {
  let power = 0;
  for (let bin = Math.ceil(fromHz * 16); bin < toHz * 16; bin++) {
    let real = 0, imaginary = 0;
    samples.forEach((value, sample) => {
      real += value * Math.cos(2 * Math.PI * bin * sample / 4096);
      imaginary += value * Math.sin(2 * Math.PI * bin * sample / 4096);
    });
    power += 2 * (real ** 2 + imaginary ** 2) / 4096 ** 2;
  }
  return power;
}

Deno.test("colouredNoise() has the power that was asked for", () => {
  for (const exponent of [0, 1, 2]) {
    const samples = colouredNoise(stream(1, "noise"), { ...shared, exponent, mainsShare: 0.3, length: 3000 });
    assertWithin(meanSquare(samples), 0.25, 1e-12);
  }
});

Deno.test("colouredNoise() falls by f^-exponent", () => {
  // From 2 to 4 Hz over 8 to 16 Hz: four octave steps of the band give 4^(exponent - 1).
  for (const [exponent, ratio] of [[0, 1 / 4], [1, 1], [2, 4]]) {
    const samples = colouredNoise(stream(1, "noise"), { ...shared, exponent });
    const low = bandPower(samples, { fromHz: 2, toHz: 4 }),
      high = bandPower(samples, { fromHz: 8, toHz: 16 });
    assertWithin(low / high / ratio, 1, 0.08);
    assertWithin(bandPower(samples, { fromHz: 0.0625, toHz: 0.5 }), 0, 1e-12);
  }
});

Deno.test("colouredNoise() hums at 50 Hz with its share, and not where that can't be sampled", () => {
  const humming = colouredNoise(stream(1, "noise"), { ...shared, exponent: 2, mainsShare: 0.4 });
  assertWithin(bandPower(humming, { fromHz: 50, toHz: 50.01 }) / 0.25, 0.4, 0.01);
  const slow = { ...shared, sampleRateHz: 100 };
  assert.deepEqual(
    colouredNoise(stream(1, "noise"), { ...slow, mainsShare: 0.4 }),
    colouredNoise(stream(1, "noise"), slow),
  );
});
