import assert from "node:assert/strict";
import {
  isWholeLength,
  originalRange,
  windowLength,
  windows,
  windowStarts,
} from "../../src/signal/window.ts";

Deno.test("windowLength() gives whole samples when seconds and rate are binary fractions that come near", () => {
  assert.equal(windowLength({ seconds: 0.1, sampleRateHz: 30 }), 3);
  assert.equal(windowLength({ seconds: 1.1, sampleRateHz: 360 }), 396);
  assert.equal(windowLength({ seconds: 2.5, sampleRateHz: 256 }), 640);
});

Deno.test("windowLength() throws RangeError when a window is not a whole number of samples", () => {
  assert.throws(() => windowLength({ seconds: 0.3, sampleRateHz: 256 }), {
    name: "RangeError",
    message: "Cannot cut windows of 0.3 s at 256 Hz: they must be a whole number of samples, got 76.8",
  });
  for (const seconds of [0, -1, NaN, Infinity, 1e-12]) {
    assert.throws(() => windowLength({ seconds, sampleRateHz: 256 }), RangeError);
  }
});

Deno.test("isWholeLength() refuses what is off by more than rounding", () => {
  assert.equal(isWholeLength(2560), true);
  assert.equal(isWholeLength(2560.001), false);
  assert.equal(isWholeLength(0), false);
});

Deno.test("windowStarts() drops the rest when no whole window is left", () => {
  assert.deepEqual(windowStarts({ samples: 12, length: 4, stride: 4 }), [0, 4, 8]);
  assert.deepEqual(windowStarts({ samples: 11, length: 4, stride: 4 }), [0, 4]);
  assert.deepEqual(windowStarts({ samples: 11, length: 4, stride: 6 }), [0, 6]);
  assert.deepEqual(windowStarts({ samples: 4, length: 4, stride: 1 }), [0]);
  assert.deepEqual(windowStarts({ samples: 3, length: 4, stride: 1 }), []);
  assert.deepEqual(windowStarts({ samples: 0, length: 4, stride: 1 }), []);
});

Deno.test("windowStarts() throws RangeError when a number is not whole or too small", () => {
  const good = { samples: 10, length: 4, stride: 2 };
  for (const bad of [{ length: 0 }, { stride: 0 }, { samples: -1 }, { length: 1.5 }, { stride: NaN }]) {
    const [key] = Object.keys(bad);
    assert.throws(() => windowStarts({ ...good, ...bad }), {
      name: "RangeError",
      message: new RegExp(`^Cannot cut windows: ${key} must be a whole number from`),
    });
  }
});

Deno.test("windows() gives overlapping views with their starts", () => {
  const signal = Float32Array.of(0, 1, 2, 3, 4, 5);
  const cut = [...windows(signal, { length: 3, stride: 2 })];
  assert.deepEqual(cut.map(({ start, samples }) => [start, [...samples]]), [[0, [0, 1, 2]], [2, [2, 3, 4]]]);
  signal[2] = 9;
  assert.deepEqual(cut.map(({ samples }) => samples.includes(9)), [true, true]);
});

Deno.test("originalRange() covers a recording without overlap when windows do", () => {
  const rates = { fromHz: 500, toHz: 256 };
  const ranges = [0, 77, 154].map((start) => originalRange({ start, length: 77 }, rates));
  assert.equal(ranges[0].start, 0);
  assert.equal(ranges[1].start, ranges[0].end);
  assert.equal(ranges[2].start, ranges[1].end);
  // 77 samples at 256 Hz last 150.39 samples at 500 Hz: samples 0 to 150 lie in them.
  assert.equal(ranges[0].end, 151);
});
