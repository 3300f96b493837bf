import assert from "node:assert/strict";
import { labelsTable } from "../../../src/report/tables/label_ranges.ts";

Deno.test("labelsTable() shows units and ranges as they are declared, and counts values that are many", () => {
  const many = Array.from({ length: 40 }, (_, index) => `finding ${index}`);
  const { columns, rows } = labelsTable({
    height: { from: 0, to: 272.5, unit: "cm" },
    effort: { from: -1, to: 10240 },
    condition: { values: ["rest", "stress"] },
    diagnoses: { values: many },
  });
  assert.deepEqual(columns.map(({ head }) => head), ["Label", "Unit", "Range"]);
  assert.deepEqual(rows.map(({ cells }) => cells.map(({ text }) => text)), [
    ["height", "cm", "0 to 272.5"],
    ["effort", "not stated", "-1 to 10240"],
    ["condition", "–", "rest, stress"],
    ["diagnoses", "–", "40 values"],
  ]);
});
