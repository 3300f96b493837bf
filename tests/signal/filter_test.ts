import assert from "node:assert/strict";
import golden from "../golden/signal/filter.json" with { type: "json" };
import input from "../golden/signal/input.json" with { type: "json" };
import {
  butterworthHighpass,
  butterworthLowpass,
  filterZeroPhase,
  shortestFilterable,
} from "../../src/signal/filter.ts";
import { assertClose, every } from "./closeness.ts";

for (const { type, order, cutoffHz, sampleRateHz, samples, ...expected } of golden.cases) {
  Deno.test(`filterZeroPhase() equals sosfiltfilt for a ${type} of order ${order} at ${cutoffHz} Hz, ${samples} samples`, () => {
    const design = type === "highpass" ? butterworthHighpass : butterworthLowpass;
    const filtered = filterZeroPhase(
      input.samples.slice(0, samples),
      design({ order, cutoffHz, sampleRateHz }),
    );
    assert.equal(filtered.length, samples);
    assertClose(every(filtered, expected.every), expected.filtered);
  });
}

Deno.test("filterZeroPhase() removes a constant when the filter is a high-pass of any order", () => {
  for (const order of [1, 2, 3, 4, 7]) {
    const sections = butterworthHighpass({ order, cutoffHz: 0.8, sampleRateHz: 256 });
    const filtered = filterZeroPhase(new Float64Array(1000).fill(1000), sections);
    assert.ok(filtered.every((value) => Math.abs(value) < 1e-8), `order ${order}`);
  }
});

Deno.test("filterZeroPhase() keeps a constant when the filter is a low-pass", () => {
  const sections = butterworthLowpass({ order: 4, cutoffHz: 40, sampleRateHz: 256 });
  assertClose(filterZeroPhase(new Float64Array(500).fill(3), sections), new Float64Array(500).fill(3));
});

Deno.test("filterZeroPhase() delays its output when an impulse is delayed", () => {
  const sections = butterworthHighpass({ order: 2, cutoffHz: 5, sampleRateHz: 256 });
  const impulse = (at: number) => {
    const samples = new Float64Array(6000);
    samples[at] = 1;
    return filterZeroPhase(samples, sections);
  };
  assertClose(impulse(3137).subarray(2137, 4137), impulse(3000).subarray(2000, 4000));
});

Deno.test("filterZeroPhase() answers an impulse alike before and after it", () => {
  const samples = new Float64Array(4001);
  samples[2000] = 1;
  const filtered = filterZeroPhase(
    samples,
    butterworthHighpass({ order: 3, cutoffHz: 5, sampleRateHz: 256 }),
  );
  assertClose(filtered, filtered.toReversed());
  assert.ok(filtered[2000] > 0.5);
});

Deno.test("filterZeroPhase() halves the amplitude at the cutoff, since two passes are 6 dB", () => {
  const samples = Float64Array.from({ length: 5120 }, (_, time) => Math.sin(2 * Math.PI * 8 * time / 256));
  const filtered = filterZeroPhase(
    samples,
    butterworthHighpass({ order: 2, cutoffHz: 8, sampleRateHz: 256 }),
  );
  assertClose(filtered.subarray(1024, 4096), samples.subarray(1024, 4096).map((value) => value / 2), 1e-9);
});

Deno.test("filterZeroPhase() leaves its input alone", () => {
  const samples = Float64Array.from(input.samples);
  filterZeroPhase(samples, butterworthHighpass({ order: 2, cutoffHz: 0.8, sampleRateHz: 256 }));
  assert.deepEqual(samples, Float64Array.from(input.samples));
});

Deno.test("filterZeroPhase() throws RangeError with the samples needed when there are too few", () => {
  // SciPy's padding is 3 (order + 1): the filters below need one sample more.
  for (const [order, needed] of [[1, 7], [2, 10], [3, 13], [4, 16]]) {
    const sections = butterworthHighpass({ order, cutoffHz: 0.8, sampleRateHz: 256 });
    assert.equal(shortestFilterable(sections), needed);
    assert.equal(filterZeroPhase(new Float64Array(needed), sections).length, needed);
    assert.throws(() => filterZeroPhase(new Float64Array(needed - 1), sections), {
      name: "RangeError",
      message: `Cannot filter: at least ${needed} samples are needed, got ${needed - 1}`,
    });
  }
});
