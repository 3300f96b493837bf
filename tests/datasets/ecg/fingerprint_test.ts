import assert from "node:assert/strict";
import { drawFingerprint } from "../../../src/datasets/ecg/fingerprint.ts";
import { AVERAGE_SHAPE } from "../../../src/datasets/ecg/waveform.ts";
import { stream } from "../../../src/random/stream.ts";
import { assertWithin, deviation, mean } from "../statistics.ts";

const noise = { fromDb: 5, toDb: 30 };
const draw = ([person, session, recording]: [number, number, number], fingerprint = 1) =>
  drawFingerprint({
    person: stream(1, `person/${person}`),
    session: stream(1, `person/${person}/${session}`),
    recording: stream(1, `person/${person}/${session}/${recording}`),
  }, { fingerprint, noise });
const people = Array.from({ length: 1000 }, (_, person) => draw([person, 1, 1]));

Deno.test("drawFingerprint() spreads the signal-to-noise ratio evenly over its range", () => {
  const levels = people.map(({ snrDb }) => snrDb);
  assert.ok(levels.every((snrDb) => snrDb >= 5 && snrDb <= 30));
  assertWithin(mean(levels), 17.5, 0.7);
  // A uniform distribution deviates by its width over the square root of 12.
  assertWithin(deviation(levels), 25 / Math.sqrt(12), 0.4);
});

Deno.test("drawFingerprint() covers colours from white to brown and inverts a fifth of the leads", () => {
  const exponents = people.map(({ noiseExponent }) => noiseExponent);
  assert.ok(Math.min(...exponents) >= 0 && Math.min(...exponents) < 0.1);
  assert.ok(Math.max(...exponents) <= 2 && Math.max(...exponents) > 1.9);
  assertWithin(people.filter(({ polarity }) => polarity === -1).length / people.length, 0.2, 0.04);
});

Deno.test("drawFingerprint() keeps the waves of a person alike and sets people apart", () => {
  const widths = (of: (index: number) => [number, number, number]) =>
    deviation(Array.from({ length: 200 }, (_, index) => Math.log(draw(of(index)).shape.T.millivolts)));
  // Shares of the variance: 0.9 between people, 0.08 between sessions, 0.02 between recordings.
  assertWithin(widths((index) => [index, 1, 1]), 0.35, 0.06);
  assertWithin(widths((index) => [1, 1, index]), 0.35 * Math.sqrt(0.02), 0.01);
  assertWithin(widths((index) => [1, index, 1]), 0.35 * Math.sqrt(0.1), 0.02);
});

Deno.test("drawFingerprint() makes all alike at fingerprint 0 and sets them further apart at 2", () => {
  const alike = draw([1, 1, 1], 0);
  assert.deepEqual(alike, draw([2, 1, 3], 0));
  assert.deepEqual(alike.shape, AVERAGE_SHAPE);
  assert.deepEqual([alike.polarity, alike.gain], [1, 1]);
  assertWithin(alike.noiseExponent, 1, 1e-6);
  assertWithin(alike.snrDb, 17.5, 1e-6);
  const further = Array.from({ length: 1000 }, (_, person) => Math.log(draw([person, 1, 1], 2).gain));
  assertWithin(deviation(further) / deviation(people.map(({ gain }) => Math.log(gain))), 2, 1e-9);
});
