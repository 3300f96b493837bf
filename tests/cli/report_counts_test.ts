import assert from "node:assert/strict";
import { labelCounts } from "../../src/cli/report_counts.ts";
import { windowId } from "../../src/formats/window_table.ts";

const table = ["b", "a", "a", "b", "c"].map((subject, index) => {
  const place = { recording: `d/${subject}/1/r`, first: 8 * index, length: 8 };
  return { id: windowId(place.recording, place), ...place, subject, session: "1", hash: "", quality: "ok" };
});
const windows = { table, position: (id: string) => table.findIndex((row) => row.id === id) };

/** Labels of the first windows of the table: class, and whether it is a hard negative. */
function labelsOf(...marks: readonly (readonly [number, boolean])[]) {
  return marks.map(([index, isHardNegative], place) => ({
    window: table[place].id,
    class: index,
    isHardNegative,
  }));
}

Deno.test("labelCounts() counts windows by class and by person, hard negatives among them", () => {
  const labels = labelsOf([0, true], [0, false], [1, false], [0, true]);
  const target = { classes: ["calm", "stress"], hardNegatives: { name: "cycling", windows: 2 } };
  assert.deepEqual(labelCounts(labels, { windows, target }), {
    classCounts: [{ class: "calm", windows: 3, subjects: 2 }, { class: "stress", windows: 1, subjects: 1 }],
    hardNegatives: { name: "cycling", windows: 2, subjects: 1 },
    people: [
      { subject: "a", windows: [1, 1], hardNegatives: 0 },
      { subject: "b", windows: [2, 0], hardNegatives: 2 },
    ],
  });
});

Deno.test("labelCounts() has no hard negatives where the target names none", () => {
  const target = { classes: ["calm", "stress"], hardNegatives: null };
  const { hardNegatives, people } = labelCounts([], { windows, target });
  assert.deepEqual([hardNegatives, people], [null, []]);
});
