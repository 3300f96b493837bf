import assert from "node:assert/strict";
import golden from "../golden/signal/chain.json" with { type: "json" };
import input from "../golden/signal/input.json" with { type: "json" };
import { prepareSignal } from "../../src/signal/chain.ts";
import { assertClose, every } from "./closeness.ts";

const published = { sampleRateHz: 360, resampleHz: 256, highpass: { cutoffHz: 0.8, order: 2 } };

for (const { resampleHz, highpass, ...expected } of golden.cases) {
  Deno.test(`prepareSignal() equals SciPy at ${resampleHz} Hz with a high-pass at ${highpass.cutoffHz} Hz of order ${highpass.order}`, () => {
    const prepared = prepareSignal(input.samples, { sampleRateHz: input.sampleRateHz, resampleHz, highpass });
    assertClose(every(prepared, expected.every), expected.prepared);
  });
}

Deno.test("prepareSignal() leaves offset and drift when there is no high-pass", () => {
  const line = (rate: number) => Float64Array.from({ length: 10 * rate }, (_, time) => 5 + time / rate);
  assertClose(prepareSignal(line(360), { ...published, highpass: false }), line(256), 1e-14);
});

Deno.test("prepareSignal() adds no transient at the ends when the offset is large", () => {
  const beats = Float64Array.from({ length: 3600 }, (_, time) => Math.sin(2 * Math.PI * 3 * time / 360));
  const prepared = prepareSignal(beats.map((value) => 2000 + value), published);
  assertClose(prepared, prepareSignal(beats, published), 1e-9);
});

Deno.test("prepareSignal() gives NaN in a gap and a signal elsewhere", () => {
  const samples = Float64Array.from({ length: 3600 }, (_, time) => Math.sin(2 * Math.PI * 3 * time / 360));
  const whole = prepareSignal(samples, published);
  samples.fill(NaN, 1800, 1890);
  const prepared = prepareSignal(samples, published);
  const missing = [...prepared.keys()].filter((time) => Number.isNaN(prepared[time]));
  // Sample 1799 lies at 1279.3 and sample 1890 at 1344 of the new rate: what is between them is missing.
  assert.deepEqual(missing, Array.from({ length: 64 }, (_, index) => 1280 + index));
  // Two seconds on, the high-pass has forgotten the gap.
  assertClose(prepared.subarray(0, 768), whole.subarray(0, 768), 1e-3);
  assertClose(prepared.subarray(1856), whole.subarray(1856), 1e-3);
});

Deno.test("prepareSignal() gives NaN to the ends when the gap lies there, and throughout when it is all there is", () => {
  const samples = new Float64Array(360);
  samples.fill(NaN, 0, 45).fill(NaN, 315);
  const prepared = prepareSignal(samples, published);
  // Sample 45 lies at 32, and sample 314 at 223.3.
  assert.deepEqual(
    prepared.map((value) => Number.isNaN(value) ? 1 : 0),
    new Float64Array(256).fill(1, 0, 32).fill(1, 224),
  );
  assert.ok(prepareSignal(samples.fill(NaN), published).every(Number.isNaN));
});

Deno.test("prepareSignal() throws RangeError when too little is left to filter", () => {
  assert.throws(() => prepareSignal(new Float64Array(12), published), {
    name: "RangeError",
    message: "Cannot filter: at least 10 samples are needed, got 9",
  });
});
