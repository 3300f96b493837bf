import assert from "node:assert/strict";
import { stream } from "../../src/random/stream.ts";
import { detectRPeaks } from "../../src/signal/r_peaks.ts";

/** Waves of a beat: seconds from the R-peak, width in seconds, height. P, Q, R, S and T. */
const WAVES = [[-0.16, 0.03, 0.15], [-0.028, 0.01, -0.1], [0, 0.014, 1], [0.032, 0.012, -0.2], [
  0.28,
  0.06,
  0.35,
]];

/** Beats about every 0.8 s with a sinus that slows and hastens them; the last half second is left free. */
function beatTimes(seconds: number): number[] {
  const times: number[] = [];
  for (let at = 0.5; at < seconds - 0.5; at += 0.8 + 0.1 * Math.sin(at)) times.push(at);
  return times;
}

function ecg(
  times: readonly number[],
  { sampleRateHz, seconds, noise = 0 }: { sampleRateHz: number; seconds: number; noise?: number },
) {
  const numbers = stream(1, "noise");
  return Float64Array.from({ length: Math.round(seconds * sampleRateHz) }, (_, time) => {
    const at = time / sampleRateHz;
    let sum = 2 + 0.3 * Math.sin(2 * Math.PI * 0.2 * at) + noise * numbers.normal();
    for (const beat of times) {
      if (Math.abs(at - beat) > 0.6) continue;
      for (const [delay, width, height] of WAVES) {
        sum += height * Math.exp(-(((at - beat - delay) / width) ** 2));
      }
    }
    return sum;
  });
}

/** Asserts that each beat has one peak within `milliseconds`, and that there are no others. */
function assertPeaks(
  peaks: Int32Array,
  { times, sampleRateHz, milliseconds }: {
    times: readonly number[];
    sampleRateHz: number;
    milliseconds: number;
  },
) {
  assert.equal(peaks.length, times.length);
  times.forEach((seconds, index) => {
    const off = 1000 * (peaks[index] / sampleRateHz - seconds);
    assert.ok(Math.abs(off) <= milliseconds, `beat ${index} is off by ${off} ms`);
  });
}

Deno.test("detectRPeaks() finds every R-peak to 10 ms, from 100 to 2048 Hz, with drift and noise", () => {
  const times = beatTimes(30);
  for (const sampleRateHz of [100, 128, 256, 360.5, 1000, 2048]) {
    const samples = ecg(times, { sampleRateHz, seconds: 30, noise: 0.05 });
    assertPeaks(detectRPeaks(samples, { sampleRateHz }), { times, sampleRateHz, milliseconds: 10 });
  }
});

Deno.test("detectRPeaks() finds the same peaks upside down, scaled by a power of two, and in float32", () => {
  const sampleRateHz = 256, samples = ecg(beatTimes(20), { sampleRateHz, seconds: 20, noise: 0.05 });
  const peaks = detectRPeaks(samples, { sampleRateHz });
  assert.ok(peaks.length > 20);
  assert.deepEqual(detectRPeaks(samples.map((value) => -value), { sampleRateHz }), peaks);
  assert.deepEqual(detectRPeaks(samples.map((value) => value / 1024), { sampleRateHz }), peaks);
  assert.deepEqual(detectRPeaks(Float32Array.from(samples), { sampleRateHz }), peaks);
});

Deno.test("detectRPeaks() stays on one side of R and S when they are alike", () => {
  // The deeper of R and S changes from beat to beat; the distance between them is 60 ms.
  const sampleRateHz = 250, times = Array.from({ length: 20 }, (_, index) => index + 0.5);
  const samples = Float64Array.from({ length: 20 * sampleRateHz }, (_, time) => {
    const at = time / sampleRateHz, beat = Math.floor(at), phase = at - beat - 0.5;
    const depth = beat % 3 === 0 ? 1.02 : 0.9;
    return Math.exp(-((phase / 0.02) ** 2)) - depth * Math.exp(-(((phase - 0.06) / 0.02) ** 2));
  });
  assertPeaks(detectRPeaks(samples, { sampleRateHz }), { times, sampleRateHz, milliseconds: 8 });
});

Deno.test("detectRPeaks() finds the beats around a gap, and none in it", () => {
  const sampleRateHz = 256, times = beatTimes(30);
  const samples = ecg(times, { sampleRateHz, seconds: 30, noise: 0.02 });
  const without = detectRPeaks(samples, { sampleRateHz });
  samples.fill(NaN, 12 * sampleRateHz, 15 * sampleRateHz);
  const peaks = detectRPeaks(samples, { sampleRateHz });
  const outside = (peak: number) => peak < 12 * sampleRateHz || peak >= 15 * sampleRateHz;
  assert.deepEqual(peaks, without.filter(outside));
});

Deno.test("detectRPeaks() puts no peak where samples are missing, even when the gap begins within a beat", () => {
  const sampleRateHz = 256, times = beatTimes(20);
  const whole = ecg(times, { sampleRateHz, seconds: 20 }), beat = Math.round(times[9] * sampleRateHz);
  for (let offset = -12; offset <= 12; offset++) {
    const samples = whole.slice().fill(NaN, beat + offset, beat + offset + 100);
    const peaks = detectRPeaks(samples, { sampleRateHz });
    assert.ok(peaks.length >= times.length - 2);
    assert.ok(peaks.every((peak) => Number.isFinite(samples[peak])), `gap from ${offset}`);
  }
});

Deno.test("detectRPeaks() finds no beats in the noise of an electrode that came off", () => {
  const sampleRateHz = 256, times = beatTimes(60);
  const samples = ecg(times, { sampleRateHz, seconds: 60 }), numbers = stream(2, "off");
  for (let time = 25 * sampleRateHz; time < samples.length; time++) {
    if (time < 50 * sampleRateHz) samples[time] = 2 + 0.002 * numbers.normal();
  }
  const inside = detectRPeaks(samples, { sampleRateHz }).filter((peak) =>
    peak > 25.5 * sampleRateHz && peak < 49.5 * sampleRateHz
  );
  assert.deepEqual(inside, new Int32Array());
});

Deno.test("detectRPeaks() finds nothing in signals that are empty, short, flat or missing", () => {
  const sampleRateHz = 250;
  for (
    const samples of [
      [],
      [1, 2, 3],
      new Float64Array(2500),
      new Float64Array(2500).fill(7),
      new Float64Array(2500).fill(NaN),
    ]
  ) {
    assert.deepEqual(detectRPeaks(samples, { sampleRateHz }), new Int32Array());
  }
});

Deno.test("detectRPeaks() leaves its input alone and throws RangeError below 100 Hz", () => {
  const samples = ecg(beatTimes(10), { sampleRateHz: 100, seconds: 10 }), copy = samples.slice();
  detectRPeaks(samples, { sampleRateHz: 100 });
  assert.deepEqual(samples, copy);
  for (const sampleRateHz of [99.9, 0, -250, NaN, Infinity]) {
    assert.throws(() => detectRPeaks(samples, { sampleRateHz }), {
      name: "RangeError",
      message: `Cannot detect R-peaks: the sampling rate must be at least 100 Hz, got ${sampleRateHz} Hz`,
    });
  }
});
