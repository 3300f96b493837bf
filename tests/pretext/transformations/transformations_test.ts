import assert from "node:assert/strict";
import type { z } from "zod";
import { noise } from "../../../src/pretext/transformations/noise.ts";
import { permute } from "../../../src/pretext/transformations/permute.ts";
import {
  TRANSFORMATION_NAMES,
  type TransformationRow,
  TRANSFORMATIONS,
} from "../../../src/pretext/transformations/table.ts";
import { interpolate, warp } from "../../../src/pretext/transformations/warp.ts";
import { stream } from "../../../src/random/stream.ts";
import interpolation from "../../golden/pretext/interpolation.json" with { type: "json" };

Deno.test("every transformation keeps length and argument, and follows its stream", () => {
  const window = Float32Array.from({ length: 2560 }, (_, index) => Math.sin(index / 9));
  for (const name of TRANSFORMATION_NAMES) {
    const change = (seed: number) => apply(name, window, seed);
    const untouched = window.slice();
    const changed = change(1);
    assert.equal(changed.length, window.length, name);
    assert.deepEqual(window, untouched, name);
    assert.notDeepEqual(changed, window, name);
    assert.deepEqual(changed, change(1), name);
    const random = ["noise", "permute", "warp"].includes(name);
    if (random) assert.notDeepEqual(changed, change(2), name);
    else assert.deepEqual(changed, change(2), name);
  }
});

Deno.test("the defaults of the transformations are the published ones", () => {
  const defaults = TRANSFORMATION_NAMES.map((name) => [name, TRANSFORMATIONS[name].schema.parse({})]);
  assert.deepEqual(Object.fromEntries(defaults), {
    noise: { snrDb: 15, weight: 0.195 },
    scale: { factor: 1.1, weight: 0.195 },
    negate: { weight: 0.0125 },
    reverse: { weight: 0.0125 },
    permute: { pieces: 20, weight: 0.195 },
    warp: { pieces: 9, stretch: 1.05, weight: 0.195 },
  });
});

Deno.test("noise() adds noise of the asked power, relative to the window's own", () => {
  const window = new Float32Array(20_000).map((_, index) => index % 2 === 0 ? 3 : -1);
  // Power (9 + 1) / 2 = 5; 10 dB below it is 0.5. Twenty thousand squares: one standard error is 1%.
  const added = noise(window, { snrDb: 10 }, stream(3, "noise")).map((value, index) => value - window[index]);
  const mean = added.reduce((sum, value) => sum + value, 0) / added.length;
  const power = added.reduce((sum, value) => sum + value * value, 0) / added.length;
  assert.ok(Math.abs(power / 0.5 - 1) < 0.04, `power ${power}`);
  assert.ok(Math.abs(mean) < 4 * Math.sqrt(0.5 / 20_000), `mean ${mean}`);
});

Deno.test("noise() leaves a window of zeros as it is", () => {
  assert.deepEqual(noise(new Float32Array(4), { snrDb: 15 }, stream(1, "noise")), new Float32Array(4));
});

Deno.test("permute() moves whole pieces and leaves the rest at the end", () => {
  const window = Float32Array.of(0, 1, 2, 3, 4, 5, 6);
  const orders = new Set<string>();
  for (let seed = 0; seed < 200; seed++) {
    const permuted = [...permute(window, { pieces: 3 }, stream(seed, "permute"))];
    assert.equal(permuted[6], 6);
    const pieces = [0, 2, 4].map((start) => permuted.slice(start, start + 2).join());
    assert.deepEqual(pieces.toSorted(), ["0,1", "2,3", "4,5"]);
    orders.add(pieces.join(" "));
  }
  assert.equal(orders.size, 6);
});

Deno.test("permute() refuses a window that is shorter than its pieces are many", () => {
  assert.throws(
    () => permute(new Float32Array(3), { pieces: 4 }, stream(1, "permute")),
    /must have at least 4 samples, got 3/,
  );
});

Deno.test("interpolate() agrees with PyTorch on a piece of the paper's length", () => {
  const piece = Float32Array.from(interpolation.piece);
  for (const length of [299, 271] as const) {
    const expected = interpolation.resized[length];
    interpolate(piece, length).forEach((value, index) => {
      assert.ok(Math.abs(value - expected[index]) < 1e-6, `${length} samples, sample ${index}`);
    });
  }
});

Deno.test("warp() makes of 9 pieces of 284 samples five of 299 and four of 271, cropped from 2579 to 2560", () => {
  // Every piece has its own constant, which interpolation keeps: the runs show how long the pieces became.
  const window = Float32Array.from({ length: 2560 }, (_, index) => Math.floor(index / 284));
  const starts = new Set<number>(), choices = new Set<string>();
  for (let seed = 0; seed < 300; seed++) {
    const runs = new Array(9).fill(0);
    for (const value of warp(window, { pieces: 9, stretch: 1.05 }, stream(seed, "warp"))) runs[value]++;
    const inner = runs.slice(1, 8);
    assert.ok(inner.every((length) => length === 299 || length === 271), `${inner}`);
    // The two end pieces are what is left of the five, and the crop takes 19 samples off them.
    const ends = 5 - inner.filter((length) => length === 299).length;
    assert.ok(ends >= 0 && ends <= 2);
    assert.equal(runs[0] + runs[8], 299 * ends + 271 * (2 - ends) - 19);
    if (ends !== 1) starts.add((ends === 2 ? 299 : 271) - runs[0]);
    choices.add(inner.join());
  }
  assert.deepEqual([...starts].toSorted((a, b) => a - b), [...Array(20).keys()]);
  assert.ok(choices.size > 20);
});

Deno.test("warp() refuses a stretch that does not make up for what the pieces leave over", () => {
  // 11 samples are 2 pieces of 5: 6 and 5 samples, as many as the window; 3 pieces of 3 are 4, 4 and 3, as many too.
  // 11 samples in 10 pieces of 1: five of 2 and five of 1 are enough. 19 in 10 pieces of 1 are 15.
  const change = (samples: number, pieces: number) =>
    warp(new Float32Array(samples), { pieces, stretch: 1.05 }, stream(1, "warp")).length;
  assert.equal(change(11, 2), 11);
  assert.equal(change(11, 10), 11);
  assert.throws(
    () => change(19, 10),
    /10 warped pieces must have at least 19 samples in all, got 15/,
  );
});

function apply(name: keyof typeof TRANSFORMATIONS, window: Float32Array, seed: number): Float32Array {
  const row: TransformationRow<z.ZodType> = TRANSFORMATIONS[name];
  return row.apply(window, row.schema.parse({}), stream(seed, name));
}
