import assert from "node:assert/strict";
import { readDelimited } from "../../../src/formats/table/delimited.ts";
import { columnOf, hasColumn, isMissing, numberOf } from "../../../src/formats/table/table.ts";
import { readXlsx } from "../../../src/formats/table/xlsx.ts";
import { mutationTest } from "../mutation.ts";
import { xlsxBytes } from "./write_xlsx.ts";

const TEXT = 'PP,Valence_rc,Stress\n"PP1",4.5,"a, b"\n\nPP2,NaN\n';
const file = "a.csv", table = readDelimited(TEXT, { file, delimiter: "," });

Deno.test("readDelimited() reads texts by column, and numbers rows by line", () => {
  assert.deepEqual(table, {
    file,
    columns: ["PP", "Valence_rc", "Stress"],
    rows: [{ row: 2, cells: ["PP1", "4.5", "a, b"] }, { row: 4, cells: ["PP2", "NaN"] }],
  });
});

Deno.test("readDelimited() reads tabs and semicolons, Windows lines and a byte order mark", () => {
  const read = readDelimited("\uFEFFa\tb\r\n1\t 2 \r\n", { file, delimiter: "\t" });
  assert.deepEqual([read.columns, read.rows], [["a", "b"], [{ row: 2, cells: ["1", "2"] }]]);
  assert.deepEqual(readDelimited("a;b\n1;2,5", { file, delimiter: ";" }).rows[0].cells, ["1", "2,5"]);
});

Deno.test("readDelimited() refuses quotation marks that aren't closed, and a text without rows", () => {
  assert.throws(() => readDelimited('a,b\n"1,2\n', { file, delimiter: "," }), {
    name: "SyntaxError",
    message: /^a.csv: Cannot read the table: .*line/,
  });
  assert.throws(() => readDelimited("\n", { file, delimiter: "," }), {
    name: "SyntaxError",
    message: "a.csv: Cannot read the table: it must have a row of names, got no row",
  });
});

Deno.test("readXlsx() reads shared texts, numbers and empty cells, rows as a spreadsheet numbers them", async () => {
  const bytes = xlsxBytes([["PP", "Stress", "x"], ["PP1", 0.1, "a<b"], [], ["PP1", null, 3]], {
    sheet: "SWELLdata",
  });
  const expected = {
    file: "a.xlsx",
    columns: ["PP", "Stress", "x"],
    rows: [{ row: 2, cells: ["PP1", "0.1", "a<b"] }, { row: 4, cells: ["PP1", "", "3"] }],
  };
  assert.deepEqual(await readXlsx(bytes, { file: "a.xlsx", sheet: "SWELLdata" }), expected);
  assert.deepEqual(await readXlsx(bytes, { file: "a.xlsx" }), expected);
});

Deno.test("readXlsx() refuses a missing sheet and what is no workbook", async () => {
  const bytes = xlsxBytes([["PP"]], { sheet: "Other" });
  await assert.rejects(readXlsx(bytes, { file: "a.xlsx", sheet: "SWELLdata" }), {
    name: "SyntaxError",
    message: /^a.xlsx: Cannot read the workbook: it must be .xlsx with a sheet SWELLdata, got .*Other/,
  });
  await assert.rejects(readXlsx(new TextEncoder().encode("PP,Stress"), { file: "a.xlsx" }), {
    name: "SyntaxError",
    message: /^a.xlsx: Cannot read the workbook/,
  });
});

Deno.test("columnOf() finds a name in any spelling of case and blanks, once", () => {
  assert.equal(columnOf(table, "valence RC"), 1);
  assert.ok(hasColumn(table, "pp") && !hasColumn(table, "HR"));
  assert.throws(() => columnOf(table, "Stres"), {
    name: "SyntaxError",
    message: 'a.csv: Cannot read the table: it must have a column "Stres", got none; did you mean "Stress"?',
  });
  assert.throws(() => columnOf({ ...table, columns: ["Stress", "stress"] }, "stress"), /got it twice/);
});

Deno.test("numberOf() gives null for what is missing, and refuses the rest with file and row", () => {
  const [first, second] = table.rows;
  assert.equal(numberOf(table, { row: first, column: 1, from: 1, to: 9 }), 4.5);
  assert.equal(numberOf(table, { row: first, column: 1, from: 1, to: 9, missing: ["4.5"] }), null);
  assert.equal(numberOf(table, { row: second, column: 1, from: 1, to: 9 }), null);
  assert.equal(numberOf(table, { row: second, column: 2, from: 1, to: 9 }), null, "a row may be short");
  assert.throws(() => numberOf(table, { row: first, column: 1, from: 1, to: 4 }), {
    name: "RangeError",
    message: 'a.csv: Cannot read row 2: "Valence_rc" must be a number from 1 to 4, got "4.5"',
  });
  assert.throws(() => numberOf(table, { row: first, column: 2, from: 1, to: 4 }), /got "a, b"/);
  assert.ok(isMissing("#VALUE!") && isMissing("nan") && !isMissing("0"));
});

mutationTest("readDelimited()", {
  files: [new TextEncoder().encode(TEXT)],
  read: (bytes, name) => readDelimited(new TextDecoder().decode(bytes), { file: name, delimiter: "," }),
});

mutationTest("readXlsx()", {
  files: [xlsxBytes([["PP", "Stress"], ["PP1", 3], ["PP2", 4]], { sheet: "SWELLdata" })],
  read: (bytes, name) => readXlsx(bytes, { file: name, sheet: "SWELLdata" }),
});
