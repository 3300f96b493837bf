import assert from "node:assert/strict";
import type { ReportData } from "../../../src/report/data.ts";
import { classesTable, discardedTable, peopleTable } from "../../../src/report/tables/data.ts";
import type { PrintedTable } from "../../../src/report/tables/table.ts";
import { exampleData } from "../example_data.ts";

const data: ReportData = {
  ...exampleData(),
  classCounts: [{ class: "calm", windows: 30, subjects: 2 }, { class: "stress", windows: 1007, subjects: 1 }],
  hardNegatives: { name: "cycling", windows: 4, subjects: 1 },
  people: [
    { subject: "a", windows: [10, 1007], hardNegatives: 0 },
    { subject: "b", windows: [20, 0], hardNegatives: 4 },
  ],
  discarded: [
    { reason: "rhythm is missing", subject: "b", windows: 5 },
    { reason: "rhythm is missing", subject: "c", windows: 2 },
    { reason: "a beat at the edge", subject: "b", windows: 1 },
  ],
};
const flat = { reason: "signal: flat", subject: "c", windows: 3 };

/** Heads and rows as they are read. */
function printed({ columns, rows }: PrintedTable): string[][] {
  return [columns.map(({ head }) => head), ...rows.map(({ cells }) => cells.map(({ text }) => text))];
}

/** Four more people with windows of both classes. */
function withMorePeople(base: ReportData): ReportData {
  const more = ["d", "e", "f", "g"].map((subject) => ({ subject, windows: [1, 1], hardNegatives: 0 }));
  return { ...base, people: [...base.people, ...more] };
}

Deno.test("classesTable() adds the hard negatives where the target names some", () => {
  assert.deepEqual(printed(classesTable(data)), [
    ["Class", "Windows", "Subjects"],
    ["calm", "30", "2"],
    ["stress", "1,007", "1"],
    ["hard negatives: cycling", "4", "1"],
  ]);
  assert.equal(classesTable({ ...data, hardNegatives: null }).rows.length, 2);
});

Deno.test("discardedTable() sums reasons over people, the total first", () => {
  assert.deepEqual(printed(discardedTable(data)), [
    ["Reason", "Windows", "Subjects"],
    ["all reasons", "8", "2"],
    ["rhythm is missing", "7", "2"],
    ["a beat at the edge", "1", "1"],
  ]);
});

Deno.test("discardedTable() has no total of one reason, and counts a person of two reasons once in it", () => {
  assert.deepEqual(printed(discardedTable({ ...data, discarded: [flat] })).slice(1), [
    ["signal: flat", "3", "1"],
  ]);
  const [, total] = printed(discardedTable({ ...data, discarded: [...data.discarded, flat] }));
  assert.deepEqual(total, ["all reasons", "11", "2"]);
});

Deno.test("peopleTable() has a row for everybody, those without a class among them, after the totals", () => {
  assert.deepEqual(printed(peopleTable(withMorePeople(data))), [
    [
      "Subject",
      "calm",
      "stress",
      "hard negatives",
      "left out: rhythm is missing",
      "left out: a beat at the edge",
    ],
    ["all", "34", "1,011", "4", "7", "1"],
    ["a", "10", "1,007", "·", "·", "·"],
    ["b", "20", "·", "4", "5", "1"],
    ["c", "·", "·", "·", "2", "·"],
    ...["d", "e", "f", "g"].map((name) => [name, "1", "1", "·", "·", "·"]),
  ]);
});

Deno.test("peopleTable() has a column for everybody where counts are more than people", () => {
  assert.deepEqual(printed(peopleTable(data)), [
    ["Windows", "All", "a", "b", "c"],
    ["calm", "30", "10", "20", "·"],
    ["stress", "1,007", "1,007", "·", "·"],
    ["hard negatives", "4", "·", "4", "·"],
    ["left out: rhythm is missing", "7", "·", "5", "2"],
    ["left out: a beat at the edge", "1", "·", "1", "·"],
  ]);
});
