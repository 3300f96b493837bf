import assert from "node:assert/strict";
import { bytesInMemory } from "../../src/formats/bytes.ts";
import { columnNames, linesOf, readNumberColumns } from "../../src/formats/number_columns.ts";
import { mutationTest } from "./mutation.ts";

const sourceOf = (text: string) => bytesInMemory(new TextEncoder().encode(text), { file: "a.csv" });
const TEXT = '#Study,1\r\ntime, ECG ,"affect",marker\r\n0,0.5,5,-1\r\n\r\n1,-1e-3,,-1\r\n2, nan ,6,7';

Deno.test("readNumberColumns() reads the columns that are asked for, in any order, from a line on", () => {
  const read = readNumberColumns(sourceOf(TEXT), { columns: ["affect", "ecg"], offset: 10, line: 2 });
  assert.deepEqual(read, { affect: Float64Array.of(5, NaN, 6), ecg: Float64Array.of(0.5, -0.001, NaN) });
});

Deno.test("readNumberColumns() reads files of more than one part, with lines across them", () => {
  const rows = 150_000, text = Array.from({ length: rows }, (_, row) => `${row},${row / 8}`).join("\n");
  assert.ok(text.length > 2 ** 20);
  const { b } = readNumberColumns(sourceOf(`a,b\n${text}\n`), { columns: ["b"] });
  assert.deepEqual(b, Float64Array.from({ length: rows }, (_, row) => row / 8));
});

Deno.test("readNumberColumns() gives every number that Number() does, whatever its digits", () => {
  const texts = ["0", "-0", "0.1", "-12.5", "123456789012345", "0.123456789012345", "0.30000000000000004"];
  texts.push("1e-7", "5.", ".5", "-1E+3", "9007199254740993", "0.000000000000001", "1234567.8901234");
  const { x } = readNumberColumns(sourceOf(`x\n${texts.join("\n")}\n`), { columns: ["x"] });
  assert.deepEqual(x, Float64Array.from(texts, Number));
  for (const text of ["-", ".", "1.2.3", "1-2", "--1", "0x"]) {
    assert.throws(
      () => readNumberColumns(sourceOf(`x\n${text}\n`), { columns: ["x"] }),
      /must be a number/,
      text,
    );
  }
});

Deno.test("readNumberColumns() refuses what is no such table, with file and line", () => {
  const refuses = (text: string, message: string) =>
    assert.throws(() => readNumberColumns(sourceOf(text), { columns: ["ECG"] }), {
      name: "SyntaxError",
      message,
    });
  refuses("", 'a.csv: Cannot read line 1: it must name a column "ECG", got nothing');
  refuses("a,b\n1,2", 'a.csv: Cannot read line 1: it must name a column "ECG", got a, b');
  refuses("a,ECG\n1,2\n3\n", "a.csv: Cannot read line 3: it must have 2 cells, got 1");
  refuses("a,ECG\n1,x2\n", 'a.csv: Cannot read line 2: "ECG" must be a number, got "x2"');
  refuses("a,ECG\n1,Infinity\n", 'a.csv: Cannot read line 2: "ECG" must be a number, got "Infinity"');
});

Deno.test("linesOf() tells where lines begin, and refuses those without an end", () => {
  const lines = [...linesOf(sourceOf("ab\r\n\nc"))].map((
    { line, offset, bytes },
  ) => [line, offset, bytes.length]);
  assert.deepEqual(lines, [[1, 0, 2], [2, 4, 0], [3, 5, 1]]);
  assert.deepEqual([...linesOf(sourceOf("a\n"))].length, 1);
  for (const length of [70_000, 3_000_000]) {
    assert.throws(() => [...linesOf(sourceOf("a\n" + "b".repeat(length)))], {
      name: "SyntaxError",
      message: "a.csv: Cannot read line 2: it must have at most 65536 bytes, got more",
    });
  }
});

Deno.test("columnNames() takes blanks, quotation marks and a byte order mark away", () => {
  assert.deepEqual(columnNames(new TextEncoder().encode('\uFEFFa, "b" ,c')), ["a", "b", "c"]);
});

mutationTest("readNumberColumns()", {
  files: [new TextEncoder().encode("time,ECG\n0,0.5\n1,-1e-3\n2,nan\n")],
  read: (bytes, file) => readNumberColumns(bytesInMemory(bytes, { file }), { columns: ["ECG"] }),
});
