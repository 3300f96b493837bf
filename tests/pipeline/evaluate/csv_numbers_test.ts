import assert from "node:assert/strict";
import { join } from "node:path";
import { csvNumbers } from "../../../src/pipeline/evaluate/csv_numbers.ts";
import { temporaryFolder } from "../temporary.ts";

async function read(text: string, columns = 3): Promise<number[][]> {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "w.csv");
  await Deno.writeTextFile(path, text);
  const rows = await Array.fromAsync(csvNumbers(path, { columns }));
  return rows.map((row) => [...row]);
}

const ROWS = [[1, -2.5, 0], [0.25, 1000, -0.5]];
const BODY = "1,-2.5,0\n0.25,1e3,-.5";

const SAME: Record<string, string> = {
  "plain lines": BODY,
  "a line break at the end": `${BODY}\n`,
  "line breaks of Windows and a byte order mark": `\uFEFF${BODY.replace("\n", "\r\n")}\r\n`,
  "empty lines": `\n${BODY.replace("\n", "\n\n")}\n\n`,
  "a header of names": `a,b,c\n${BODY}`,
  "a header of quoted names": `"s 1","s 2","s 3"\n${BODY}`,
  "a header of pandas, which counts the columns": `0,1,2\n${BODY}`,
  "white space and quotes around numbers": ' 1, -2.5 ,0\n"0.25",1e3,-.5',
};

for (const [what, text] of Object.entries(SAME)) {
  Deno.test(`csvNumbers() reads ${what}`, async () => assert.deepEqual(await read(text), ROWS));
}

Deno.test("csvNumbers() takes a first line for numbers that counts otherwise than columns do", async () => {
  assert.deepEqual(await read("1,2,3\n4,5,6"), [[1, 2, 3], [4, 5, 6]]);
});

Deno.test("csvNumbers() reads what is not finite as NaN", async () => {
  assert.deepEqual(await read("1,nan,NA\ninf,-Infinity,1e999\n"), [[1, NaN, NaN], [NaN, NaN, NaN]]);
});

Deno.test("csvNumbers() gives the same rows whatever pieces the file comes in", async () => {
  // 40 rows of 5000 numbers are longer than any piece of a stream.
  const rows = Array.from(
    { length: 40 },
    (_, row) => Array.from({ length: 5000 }, (_, column) => row + column / 8),
  );
  assert.deepEqual(await read(rows.map((row) => row.join(",")).join("\n"), 5000), rows);
});

const REFUSED: Record<string, [string, RegExp]> = {
  "a line that is too short": [
    "1,2,3\n4,5\n",
    /w\.csv:2: .*must hold 3 numbers with commas between them, got 2$/,
  ],
  "another separator": ["1;2;3\n", /w\.csv:1: .*got 1$/],
  "a column of row numbers": [",0,1,2\n0,5,6,7\n", /w\.csv:2: .*must hold 3 numbers .*got 4$/],
  "a first line that is a header in part": [
    "1,x,3\n",
    /w\.csv:1: .*every cell must be a number, got "x" in column 2$/,
  ],
  "a text after the first line": ["a,b,c\n1,2,3\n\n1,2,x\n", /w\.csv:4: .*got "x" in column 3$/],
  "an empty cell": ["1,2,3\n1,,3\n", /w\.csv:2: .*got "" in column 2$/],
};

for (const [what, [text, message]] of Object.entries(REFUSED)) {
  Deno.test(`csvNumbers() refuses ${what}`, () => assert.rejects(read(text), { message }));
}
