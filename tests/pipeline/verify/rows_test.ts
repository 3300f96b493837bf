import assert from "node:assert/strict";
import { join } from "node:path";
import { sha256 } from "../../../src/manifest/canonical.ts";
import { compareRows, firstField, recordSplitter } from "../../../src/pipeline/verify/rows.ts";
import { temporaryFolder } from "../temporary.ts";

const HEADER = "cell,score\n";
/** A name with all that CSV must quote. */
const QUOTED = '"a ""x"",\nb"';

async function compare(text: string, expected: Record<string, string>) {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "table.csv");
  await Deno.writeTextFile(path, text);
  const rowsOf = new Map(Object.entries(expected).map(([cell, rows]) => [cell, () => rows]));
  return await compareRows(path, { header: HEADER, rowsOf });
}

Deno.test("recordSplitter() ends a record with a line outside of quotes, wherever the text is cut", () => {
  const records = [HEADER, `${QUOTED},1\n`, "c,2\n", "d,3"], text = records.join("");
  for (const length of [1, 2, 5, text.length]) {
    const split = recordSplitter(), found: { text: string; line: number }[] = [];
    for (let start = 0; start < text.length; start += length) {
      found.push(...split.push(text.slice(start, start + length)));
    }
    found.push(...split.end());
    assert.deepEqual(found.map(({ text }) => text), records);
    assert.deepEqual(found.map(({ line }) => line), [1, 2, 4, 5]);
  }
});

Deno.test("firstField() reads a field with and without quotes", () => {
  assert.deepEqual([`${QUOTED},1\n`, "a b,1\n", "alone\n", "end", ",1\n"].map(firstField), [
    'a "x",\nb',
    "a b",
    "alone",
    "end",
    "",
  ]);
});

Deno.test("compareRows() finds nothing where the rows are the same, and passes other cells over", async () => {
  const text = `${HEADER}other,9\n${QUOTED},1\n${QUOTED},2\nb,3\nother,9\n`;
  assert.deepEqual(await compare(text, { 'a "x",\nb': `${QUOTED},1\n${QUOTED},2\n`, b: "b,3\n" }), []);
});

Deno.test("compareRows() tells the first row of a cell that differs, its column, and the hashes of all its rows", async () => {
  const written = "a,1\na,2.5\na,3\n", again = "a,1\na,2\na,3\n";
  assert.deepEqual(await compare(`${HEADER}${written}b,1\n`, { a: again, b: "b,1\n" }), [{
    cell: "a",
    written: sha256(written),
    again: sha256(again),
    detail: 'line 3: score is "2.5", computed again "2"',
  }]);
});

Deno.test("compareRows() tells rows that are missing, too many, gone, in another order, or no rows at all", async () => {
  const details = async (text: string, expected: Record<string, string>) =>
    (await compare(HEADER + text, expected)).map(({ cell, detail }) => `${cell}: ${detail}`);
  assert.deepEqual(await details("a,1\n", { a: "a,1\na,2\n" }), [
    "a: rows are missing: 1, computed again 2",
  ]);
  assert.deepEqual(await details("a,1\na,2\n", { a: "a,1\n" }), [
    "a: line 3: a row more than computed again",
  ]);
  assert.deepEqual(await details("b,1\n", { a: "a,1\n" }), ["a: no row of the cell is there"]);
  assert.deepEqual(await details("b,1\na,1\n", { a: "a,1\n", b: "b,1\n" }), [
    "a: line 3 stands behind that of a later cell",
  ]);
  assert.deepEqual(await details("a,1,1\n", { a: "a,1\n" }), ['a: line 2: no row of this table: "a,1,1"']);
  assert.deepEqual(await details('a,"1"\n', { a: "a,1\n" }), [
    'a: line 2: written in another way: "a,\\"1\\""',
  ]);
  assert.deepEqual(await details("a,1", { a: "a,1\n" }), ['a: line 2: written in another way: "a,1"']);
});

Deno.test("compareRows() tells another header, and a mark of the byte order before it", async () => {
  for (const header of ["cell,scores\n", "\ufeff" + HEADER]) {
    const [{ cell, written, again }, ...others] = await compare(`${header}a,1\n`, { a: "a,1\n" });
    assert.deepEqual([cell, written, again, others], [undefined, sha256(header), sha256(HEADER), []]);
  }
});

Deno.test("compareRows() takes a file that is not there for one without rows", async () => {
  await using folder = await temporaryFolder();
  const rowsOf = new Map([["a", () => "a,1\n"], ["none", () => ""]]);
  const found = await compareRows(join(folder.path, "none.csv"), { header: HEADER, rowsOf });
  assert.deepEqual(found, [
    { cell: "a", written: null, again: sha256("a,1\n"), detail: "no row of the cell is there" },
  ]);
});
