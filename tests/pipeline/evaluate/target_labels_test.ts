import assert from "node:assert/strict";
import { labelByTarget, takeNotes } from "../../../src/pipeline/evaluate/target_labels.ts";

Deno.test("labelByTarget() gives windows the classes of a rating that is given over time", async () => {
  const notes = takeNotes(), id = "d/a/1/film";
  notes.note({
    id,
    subject: "a",
    session: "1",
    stimulus: "film",
    sampleRateHz: 1000,
    leads: [],
    labels: {},
    // 3 for two seconds, 8 for four, then missing.
    tracks: { arousal: { seconds: Float64Array.of(0, 2, 6), values: Float64Array.of(3, 8, NaN) } },
  });
  const places = [0, 2, 4, 6].map((seconds) => {
    const span = { first: 64 * seconds, length: 128 };
    return { id: `${id}@${span.first}+128`, recording: id, subject: "a", session: "1", dataset: "d", span };
  });
  const later = { ...places[0], id: `${id}@64+128`, span: { first: 64, length: 128 } };
  const { labels, discarded } = await labelByTarget({ kind: "rating", label: "arousal" }, {
    notes,
    ranges: { arousal: { from: 1, to: 9 } },
    sampleRateHz: 64,
    places: [...places, later],
    classes: ["high", "low"],
  });
  assert.deepEqual(labels.map(({ window, class: index }) => [window.split("@")[1], index]), [
    ["0+128", 1],
    ["128+128", 0],
    ["256+128", 0],
  ]);
  assert.deepEqual(discarded.map(({ reason, windows }) => [reason, windows]), [
    ["arousal changes side", 1],
    ["arousal is missing", 1],
  ]);
});
