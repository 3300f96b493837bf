import assert from "node:assert/strict";
import { isLeftOut, judgeOf } from "../../src/pipeline/stages/judge.ts";
import { stream } from "../../src/random/stream.ts";

const RATE = 256, LENGTH = 10 * RATE;

/** 10 s of beats, of Gaussian noise, of beats two seconds apart, and of a flat line. */
function recording(): Float64Array {
  const draw = stream(1, "judge"), beat = (seconds: number) => Math.exp(-((seconds / 0.02) ** 2));
  return Float64Array.from({ length: 4 * LENGTH }, (_, time) => {
    const seconds = time / RATE, part = Math.floor(time / LENGTH);
    if (part === 1) return draw.normal();
    if (part === 3) return 0.25;
    const period = part === 0 ? 0.8 : 2;
    return beat(seconds % period - period / 2) + 0.01 * draw.normal();
  });
}

const stretches = [0, 1, 2, 3].map((part) => ({ start: part * LENGTH, end: (part + 1) * LENGTH }));

Deno.test("judgeOf() tells noise and an implausible rate where the manifest asks for it", () => {
  const original = recording(), of = { sampleRateHz: RATE };
  const asked = judgeOf(of, { original, discard: ["noise", "implausible-rate"] });
  assert.deepEqual(stretches.map(asked), ["ok", "noise", "implausible-rate", "flat"]);
  const notAsked = judgeOf(of, { original, discard: [] });
  assert.deepEqual(stretches.map(notAsked), ["ok", "ok", "ok", "flat"]);
});

Deno.test("isLeftOut() leaves out what can't be learned from, and what the manifest names", () => {
  const verdicts = ["ok", "flat", "non-finite", "saturated", "noise"] as const;
  assert.deepEqual(verdicts.map((verdict) => isLeftOut(verdict, [])), [false, true, true, false, false]);
  assert.deepEqual(verdicts.map((verdict) => isLeftOut(verdict, ["saturated"])), [
    false,
    true,
    true,
    true,
    false,
  ]);
});
