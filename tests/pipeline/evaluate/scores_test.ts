import assert from "node:assert/strict";
import { scoreLabelled } from "../../../src/pipeline/evaluate/scores.ts";
import type { Place, PredictedWindow } from "../../../src/pipeline/evaluate/windows.ts";
import { placeAt, rowOf } from "./places.ts";

const classes = ["calm", "stress"];
const predicted = (place: Place, stress: number): PredictedWindow => ({
  place,
  probabilities: [1 - stress, stress],
});
const known = (entries: [Place, number][]) =>
  new Map(entries.map(([{ id }, index]) => [id, { class: index, isHardNegative: false }]));

// Of a the model is right twice, of b once in two windows; a third window of b has no label.
const [a0, a1, b0, b1, b2] = [
  placeAt("db/a/1/r", 0),
  placeAt("db/a/1/r", 4),
  placeAt("db/b/1/r", 0),
  placeAt("db/b/1/r", 4),
  placeAt("db/b/1/r", 8),
];
const windows = [
  predicted(a0, 0.2),
  predicted(a1, 0.9),
  predicted(b0, 0.8),
  predicted(b1, 0.7),
  predicted(b2, 0.1),
];
const labels = known([[a0, 0], [a1, 1], [b0, 0], [b1, 1]]);

Deno.test("scoreLabelled() scores windows with a label, and people apart that the model has not seen", () => {
  const { windows: count, all, unseen } = scoreLabelled(windows, {
    labels,
    classes,
    isNew: ({ place }) => place.subject === "b",
    hasPeople: true,
  });
  assert.equal(count, 4);
  assert.equal(all.scores.accuracy, 3 / 4);
  assert.deepEqual(all.confusion, [[1, 1], [0, 2]]);
  assert.equal(unseen?.scores.accuracy, 1 / 2);
  assert.deepEqual(all.subjects.map(({ subject }) => subject), ["a", "b"]);
});

Deno.test("scoreLabelled() has no part for new people where there are none, or no others", () => {
  for (const isAnyNew of [true, false]) {
    const options = { labels, classes, isNew: () => isAnyNew, hasPeople: true };
    assert.equal(scoreLabelled(windows, options).unseen, null);
  }
});

Deno.test("scoreLabelled() scores nothing within a person where people are not known", () => {
  const rows = Array.from({ length: 12 }, (_, row) => rowOf("w.npy", row));
  const { all } = scoreLabelled(rows.map((place, row) => predicted(place, row / 12)), {
    labels: known(rows.map((place, row) => [place, Number(row >= 6)])),
    classes,
    isNew: () => false,
    hasPeople: false,
  });
  assert.equal(all.scores.auroc, 1);
  assert.equal(all.scores["within-subject-auroc"], null);
  assert.deepEqual(all.subjects, []);
});

Deno.test("scoreLabelled() tells people of one name in two datasets apart", () => {
  const other = placeAt("other/a/1/r", 0);
  const { all } = scoreLabelled([...windows, predicted(other, 0.9)], {
    labels: new Map([...labels, ...known([[other, 1]])]),
    classes,
    isNew: () => false,
    hasPeople: true,
  });
  assert.deepEqual(all.subjects.map(({ subject }) => subject), ["db/a", "db/b", "other/a"]);
});

Deno.test("scoreLabelled() refuses predictions without any label", () => {
  const options = { labels: new Map(), classes, isNew: () => true, hasPeople: true };
  assert.throws(() => scoreLabelled(windows, options), {
    name: "RangeError",
    message: /at least one window/,
  });
});
