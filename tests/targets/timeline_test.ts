import assert from "node:assert/strict";
import { beatsIn, rhythmsIn, timelineOf } from "../../src/targets/timeline.ts";

const change = (seconds: number, text: string) => ({ seconds, symbol: "+", text });

Deno.test("timelineOf() ends a rhythm at the next one, and the last one never", () => {
  const { rhythms } = timelineOf([change(1, "(N"), change(3, "(AFIB"), change(7, "(N")]);
  assert.deepEqual(rhythms, [
    { name: "N", start: 1, end: 3 },
    { name: "AFIB", start: 3, end: 7 },
    { name: "N", start: 7, end: Infinity },
  ]);
});

Deno.test("timelineOf() leaves out what follows a rhythm's name, and marks that name none", () => {
  const comment = { seconds: 2, symbol: '"', text: "(VT" };
  const { rhythms } = timelineOf([
    change(1, "(SVTA \0\0"),
    comment,
    change(3, ""),
    change(4, "("),
    change(5, "MISSB"),
  ]);
  assert.deepEqual(rhythms, [{ name: "SVTA", start: 1, end: Infinity }]);
});

Deno.test("timelineOf() leaves out a rhythm that another replaces at once", () => {
  const { rhythms } = timelineOf([change(1, "(VFL"), change(1, "(N")]);
  assert.deepEqual(rhythms, [{ name: "N", start: 1, end: Infinity }]);
});

Deno.test("timelineOf() keeps the beats among the marks", () => {
  const marks = ["N", "~", "V", "!", "|", "/"].map((symbol, seconds) => ({ seconds, symbol, text: "" }));
  assert.deepEqual(timelineOf(marks).beats.map(({ symbol }) => symbol), ["N", "V", "/"]);
});

Deno.test("beatsIn() holds the beats from the start to before the end, several at one moment too", () => {
  const beats = [1, 2, 2, 2, 3, 5].map((seconds) => ({ seconds, symbol: "N", text: "" }));
  const timeline = { beats, rhythms: [] };
  const times = (start: number, end: number) =>
    beatsIn(timeline, { start, end }).map(({ seconds }) => seconds);
  assert.deepEqual(times(2, 3), [2, 2, 2]);
  assert.deepEqual(times(0, 2), [1]);
  assert.deepEqual(times(3.5, 5), []);
  assert.deepEqual(times(5, 9), [5]);
  assert.deepEqual(times(6, 9), []);
  assert.deepEqual(beatsIn({ beats: [], rhythms: [] }, { start: 0, end: 9 }), []);
});

Deno.test("rhythmsIn() names the rhythms of a span, none that only touches it", () => {
  const timeline = timelineOf([change(2, "(N"), change(4, "(AFIB"), change(6, "(VT")]);
  const names = (start: number, end: number) => rhythmsIn(timeline, { start, end });
  assert.deepEqual(names(0, 2), []);
  assert.deepEqual(names(2, 4), ["N"]);
  assert.deepEqual(names(3, 4.5), ["N", "AFIB"]);
  assert.deepEqual(names(4, 6), ["AFIB"]);
  assert.deepEqual(names(0, 100), ["N", "AFIB", "VT"]);
});
