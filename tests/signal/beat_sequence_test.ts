import assert from "node:assert/strict";
import { beatSequence } from "../../src/signal/beat_sequence.ts";

/** Candidates as `[seconds, strength]`; all lie where beats have strength 1. */
function beatsOf(candidates: readonly (readonly [number, number])[]): number[] {
  const beats = beatSequence({
    positions: Int32Array.from(candidates, ([seconds]) => Math.round(seconds * 1000)),
    strengths: Float64Array.from(candidates, ([, strength]) => strength),
    levels: new Float64Array(candidates.length).fill(1),
  }, { sampleRateHz: 1000 });
  return [...beats].map((beat) => candidates[beat][0]);
}

const regular = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const strong = (times: readonly number[]) => times.map((seconds) => [seconds, 1] as const);
const byTime = (candidates: readonly (readonly [number, number])[]) =>
  candidates.toSorted(([a], [b]) => a - b);

Deno.test("beatSequence() leaves out the T waves after all beats, however regular", () => {
  const waves = regular(20).map((seconds) => [seconds + 0.3, 0.39] as const);
  assert.deepEqual(beatsOf(byTime([...strong(regular(20)), ...waves])), regular(20));
});

Deno.test("beatSequence() takes a weak candidate where a beat is missing, not one between two beats", () => {
  const others = strong(regular(20).filter((seconds) => seconds !== 10));
  assert.deepEqual(beatsOf(byTime([...others, [10, 0.3], [15.5, 0.3]])), regular(20));
});

Deno.test("beatSequence() takes a strong premature beat and the pause that follows it", () => {
  const times = regular(20).map((seconds) => seconds === 10 ? 9.6 : seconds);
  assert.deepEqual(beatsOf(strong(times)), times);
});

Deno.test("beatSequence() goes on after a long pause without beats that are none", () => {
  const times = [...regular(10), ...regular(10).map((seconds) => seconds + 30)];
  const ripple = [12, 15, 18, 21, 24, 27].map((seconds) => [seconds, 0.12] as const);
  assert.deepEqual(beatsOf(byTime([...strong(times), ...ripple])), times);
});

Deno.test("beatSequence() takes no two beats within 260 ms", () => {
  const times = strong(regular(10)), echo = [5.25, 1.2] as const;
  assert.deepEqual(beatsOf(byTime([...times, echo])).filter((seconds) => Math.abs(seconds - 5) < 0.5), [5]);
});

Deno.test("beatSequence() is empty without candidates, and takes one or two as they are", () => {
  assert.deepEqual(beatsOf([]), []);
  assert.deepEqual(beatsOf(strong([1])), [1]);
  assert.deepEqual(beatsOf(strong([1, 5])), [1, 5]);
});
