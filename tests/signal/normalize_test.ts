import assert from "node:assert/strict";
import golden from "../golden/signal/statistics.json" with { type: "json" };
import input from "../golden/signal/input.json" with { type: "json" };
import { statistics, zScore } from "../../src/signal/normalize.ts";
import { assertClose } from "./closeness.ts";

const signal = Float64Array.from(input.samples);

/** The signal in pieces of uneven lengths, one of them empty, from a buffer that is used again. */
function* chunks(): Generator<Float64Array> {
  const buffer = new Float64Array(400);
  for (const [from, to] of [[0, 1], [1, 1], [1, 397], [397, 400], [400, 720]]) {
    buffer.set(signal.subarray(from, to));
    yield buffer.subarray(0, to - from);
  }
}

for (const { samples, trim, mean, deviation } of golden.cases) {
  Deno.test(`statistics() equals NumPy and trimboth for ${samples} samples and trim ${trim}`, () => {
    const actual = statistics(signal.subarray(0, samples), { trim });
    assertClose([actual.mean], [mean], 1e-14);
    assertClose([actual.deviation], [deviation], 1e-13);
  });
}

Deno.test("statistics() is the same in chunks that are read once", () => {
  for (const trim of [0, 0.05]) {
    const whole = statistics(signal, { trim }), chunked = statistics(chunks(), { trim });
    assertClose([chunked.mean, chunked.deviation], [whole.mean, whole.deviation], 1e-14);
  }
});

Deno.test("statistics() keeps its precision when the offset is large", () => {
  const samples = Float64Array.from({ length: 1000 }, (_, time) => 1e9 + (time % 2));
  assert.deepEqual(statistics(samples, { trim: 0 }), { mean: 1e9 + 0.5, deviation: 0.5 });
});

Deno.test("statistics() trims the deviation and not the mean", () => {
  // Of 40 samples one goes at each end: the artefacts.
  const samples = Float64Array.from({ length: 40 }, (_, time) => time % 2 === 0 ? 1 : -1);
  samples[5] = 1000;
  samples[8] = -200;
  // Left are 19 times 1 and 19 times -1.
  assert.deepEqual(statistics(samples, { trim: 0.05 }), { mean: 20, deviation: 1 });
});

Deno.test("statistics() leaves its input alone", () => {
  const samples = signal.slice();
  statistics(samples, { trim: 0.05 });
  assert.deepEqual(samples, signal);
});

Deno.test("statistics() throws RangeError when a sample is not finite", () => {
  for (const [trim, bad] of [[0, NaN], [0.05, NaN], [0, Infinity], [0.05, -Infinity]]) {
    const samples = signal.slice();
    samples[300] = bad;
    assert.throws(() => statistics(samples, { trim }), {
      name: "RangeError",
      message: /every sample must be finite/,
    });
  }
});

Deno.test("statistics() throws RangeError when there are no samples", () => {
  for (const samples of [new Float64Array(0), [], [new Float64Array(0)]]) {
    assert.throws(() => statistics(samples, { trim: 0 }), {
      name: "RangeError",
      message: /at least one sample/,
    });
  }
});

Deno.test("statistics() throws RangeError when trim is not from 0 to below 1", () => {
  for (const trim of [-0.1, 1, NaN]) {
    assert.throws(() => statistics(signal, { trim }), { name: "RangeError", message: /trim must be from 0/ });
  }
});

Deno.test("zScore() gives mean 0 and deviation 1 by the statistics of the same samples", () => {
  const scores = zScore(signal, statistics(signal, { trim: 0 }));
  const { mean, deviation } = statistics(scores, { trim: 0 });
  assert.ok(Math.abs(mean) < 1e-13);
  assertClose([deviation], [1], 1e-13);
});

Deno.test("zScore() gives zeros when the signal is constant, whatever the constant's binary fraction", () => {
  for (const value of [0.1, -1 / 3, 1e-300, 12345.678]) {
    const samples = new Float64Array(997).fill(value);
    for (const trim of [0, 0.05]) {
      const constant = statistics([samples, samples], { trim });
      assert.equal(constant.deviation, 0);
      assert.deepEqual(zScore(samples, constant), new Float64Array(997));
    }
  }
});

Deno.test("zScore() throws RangeError when the deviation is negative or not a number", () => {
  for (const deviation of [-1, NaN]) {
    assert.throws(() => zScore(signal, { mean: 0, deviation }), { name: "RangeError", message: /0 or more/ });
  }
});
