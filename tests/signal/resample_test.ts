import assert from "node:assert/strict";
import golden from "../golden/signal/resample.json" with { type: "json" };
import input from "../golden/signal/input.json" with { type: "json" };
import { ratioOfRates, resample } from "../../src/signal/resample.ts";
import { assertClose, every } from "./closeness.ts";

for (const { fromHz, toHz, samples, around, length, ...expected } of golden.cases) {
  Deno.test(`resample() equals resample_poly from ${fromHz} Hz to ${toHz} Hz around ${around}, ${samples} samples`, () => {
    const resampled = resample(input.samples.slice(0, samples), {
      fromHz,
      toHz,
      around: around as "zero" | "line",
    });
    assert.equal(resampled.length, length);
    assertClose(every(resampled, expected.every), expected.resampled);
  });
}

Deno.test("resample() gives a copy when the rates are equal", () => {
  const samples = Float64Array.of(1, 2, 3);
  const resampled = resample(samples, { fromHz: 250, toHz: 250 });
  assert.deepEqual(resampled, samples);
  resampled[0] = 9;
  assert.equal(samples[0], 1);
});

Deno.test("resample() gives nothing when there is nothing", () => {
  assert.equal(resample([], { fromHz: 360, toHz: 256 }).length, 0);
});

Deno.test("resample() keeps a sine that both rates can carry", () => {
  for (const [fromHz, toHz] of [[360, 256], [500, 256], [256, 64], [250, 128], [128, 256], [2048, 256]]) {
    const sine = (rate: number) =>
      Float64Array.from({ length: 8 * rate }, (_, time) => Math.sin(2 * Math.PI * 9 * time / rate + 0.3));
    const resampled = resample(sine(fromHz), { fromHz, toHz });
    // One second from either end; beta = 5 leaves a ripple of some 1e-3 in the pass-band.
    assertClose(resampled.subarray(toHz, -toHz), sine(toHz).subarray(toHz, -toHz), 2e-3);
  }
});

Deno.test("resample() takes away a sine that the lower rate can't carry", () => {
  const samples = Float64Array.from({ length: 3600 }, (_, time) => Math.sin(2 * Math.PI * 60 * time / 360));
  const resampled = resample(samples, { fromHz: 360, toHz: 64 });
  assert.ok(resampled.subarray(64, -64).every((value) => Math.abs(value) < 2e-3));
});

Deno.test("resample() delays its output when an impulse is delayed by whole cycles", () => {
  const impulse = (at: number) => {
    const samples = new Float64Array(900);
    samples[at] = 1;
    return resample(samples, { fromHz: 360, toHz: 256 });
  };
  // 45 samples at 360 Hz last as long as 32 at 256 Hz.
  assertClose(impulse(445).subarray(232, 432), impulse(400).subarray(200, 400), 1e-15);
});

Deno.test("resample() keeps a straight line to its ends when it works around the line", () => {
  const line = (rate: number) => Float64Array.from({ length: 2 * rate }, (_, time) => 2000 - 7 * time / rate);
  assertClose(resample(line(360), { fromHz: 360, toHz: 256, around: "line" }), line(256), 1e-14);
});

Deno.test("ratioOfRates() gives lowest terms for whole and for fractional rates", () => {
  const ratios: [number, number, number, number][] = [
    [360, 256, 32, 45],
    [500, 256, 64, 125],
    [256, 64, 1, 4],
    [250, 128, 64, 125],
    [128, 256, 2, 1],
    [44100, 48000, 160, 147],
    [31.25, 256, 1024, 125],
    [0.1, 0.3, 3, 1],
    [1000 / 3, 256, 96, 125],
    [10000, 1, 1, 10000],
    [7, 9999, 9999, 7],
  ];
  for (const [fromHz, toHz, up, down] of ratios) {
    assert.deepEqual(ratioOfRates({ fromHz, toHz }), { up, down });
  }
});

Deno.test("ratioOfRates() throws RangeError when the ratio has no small terms", () => {
  for (const [fromHz, toHz] of [[Math.PI, 1], [256, 256.001], [10001, 1], [1, 10001], [1e-9, 256]]) {
    assert.throws(() => ratioOfRates({ fromHz, toHz }), {
      name: "RangeError",
      message: /whole numbers up to 10000, got /,
    });
  }
});

Deno.test("ratioOfRates() throws RangeError when a rate is not positive", () => {
  for (const rates of [[0, 256], [256, 0], [-1, 256], [NaN, 1], [Infinity, 1], [1, Infinity]]) {
    assert.throws(() => ratioOfRates({ fromHz: rates[0], toHz: rates[1] }), {
      name: "RangeError",
      message: /positive/,
    });
  }
});
