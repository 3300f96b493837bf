import assert from "node:assert/strict";
import { labelWindows } from "../../src/targets/labels.ts";
import { recordingTarget, type Target } from "../../src/targets/target.ts";
import { recordingOf, windowOf } from "./windows.ts";

const recordings = ["a", "b", "c"].map((subject) => recordingOf(subject, { labels: {} }));
const [a, b, c] = recordings;
const target = recordingTarget(
  ["low", "high"],
  new Map([[a.id, { class: 1 }], [b.id, { reason: "too short" }], [c.id, { reason: "arousal is missing" }]]),
);

Deno.test("labelWindows() gives every window the class of its recording, by code point of ids", () => {
  const windows = [windowOf(a, 20), windowOf(a, 100), windowOf(a, 0)];
  assert.deepEqual(labelWindows(target, { windows, recordings }).labels, [
    { window: "d/a/1/r@0+10", class: 1, isHardNegative: false },
    { window: "d/a/1/r@100+10", class: 1, isHardNegative: false },
    { window: "d/a/1/r@20+10", class: 1, isHardNegative: false },
  ]);
});

Deno.test("labelWindows() counts what is discarded by reason and subject", () => {
  const windows = [windowOf(b, 0), windowOf(c, 0), windowOf(b, 10), windowOf(a, 0)];
  const { labels, discarded } = labelWindows(target, { windows, recordings });
  assert.equal(labels.length, 1);
  assert.deepEqual(discarded, [
    { reason: "arousal is missing", subject: "c", windows: 1 },
    { reason: "too short", subject: "b", windows: 2 },
  ]);
});

Deno.test("labelWindows() asks the target about each window, not only each recording", () => {
  const byPosition: Target = {
    classes: ["early", "late"],
    constantOver: "window",
    assign: (window) => window.first < 10 ? 0 : 1,
    outcome: (window) => window.first > 90 ? { reason: "edge" } : { class: window.first < 10 ? 0 : 1 },
  };
  const windows = [windowOf(a, 0), windowOf(a, 10), windowOf(a, 95)];
  assert.deepEqual(labelWindows(byPosition, { windows, recordings }), {
    labels: [{ window: "d/a/1/r@0+10", class: 0, isHardNegative: false }, {
      window: "d/a/1/r@10+10",
      class: 1,
      isHardNegative: false,
    }],
    discarded: [{ reason: "edge", subject: "a", windows: 1 }],
  });
});

Deno.test("labelWindows() throws RangeError for a window of an unknown recording", () => {
  assert.throws(() => labelWindows(target, { windows: [windowOf(a)], recordings: [b] }), {
    name: "RangeError",
    message: /its recording must be known, got d\/a\/1\/r/,
  });
});
