import assert from "node:assert/strict";
import { bytesInMemory } from "../../src/formats/bytes.ts";
import { columnsNamed, readNames, readNumbers } from "../../src/formats/number_table.ts";
import { stream } from "../../src/random/stream.ts";
import { mutationTest } from "./mutation.ts";

const source = (text: string, file = "a.csv") => bytesInMemory(new TextEncoder().encode(text), { file });
/** The named columns of a text whose first line names them all. */
function read(text: string, wanted: readonly string[]): Float64Array[] {
  const { names, table } = readNames(source(text), { separator: "," });
  return readNumbers(source(text), { table, columns: columnsNamed(wanted, { names, file: "a.csv" }) });
}

Deno.test("readNumbers() reads the columns that are asked for, in the order in which they are", () => {
  const text = '\ufeff"time",ecg,gsr\r\n0,1.5,x\r\n\r\n1, -2.25 ,\r\n2,.5,7';
  assert.deepEqual(read(text, ["ecg", "time"]), [Float64Array.of(1.5, -2.25, 0.5), Float64Array.of(0, 1, 2)]);
});

Deno.test("readNumbers() takes empty cells and NaN for missing numbers", () => {
  assert.deepEqual(read("a,b\n,1\nNaN,2\nnan,\n-nan,4\n", ["a", "b"]), [
    Float64Array.of(NaN, NaN, NaN, NaN),
    Float64Array.of(1, 2, NaN, 4),
  ]);
});

Deno.test("readNumbers() reads every number as the double that is nearest", () => {
  const draw = stream(1, "numbers");
  const texts = Array.from({ length: 5000 }, () => {
    const value = draw.normal() * 10 ** (draw.integer(40) - 20);
    const written = [
      value.toString(),
      value.toFixed(draw.integer(20)),
      value.toExponential(draw.integer(17)),
    ];
    return written[draw.integer(3)];
  });
  texts.push(
    "9007199254740993",
    "0.1",
    "-0",
    "1e23",
    "123456789012345678901234567890.5",
    "+7",
    "5.",
    "1E-400",
    ...[
      "0.30000000000000004",
      "123456789012345",
      "0.000000000000001",
      "1234567.8901234",
      "1e-7",
      ".5",
      "-1E+3",
    ],
  );
  // Number() rounds correctly.
  const expected = Float64Array.from(texts, Number);
  assert.deepEqual(read(`a,b\n${texts.map((text) => `${text},0`).join("\n")}\n`, ["a"]), [expected]);
});

Deno.test("readNumbers() reads across the blocks in which the file is read", () => {
  const rows = 200_000;
  const text = `time,value\n${Array.from({ length: rows }, (_, row) => `${row},${row / 8}\n`).join("")}`;
  assert.ok(text.length > 2 ** 21);
  const [times, values] = read(text, ["time", "value"]);
  assert.equal(times.length, rows);
  assert.ok(times.every((time, row) => time === row) && values.every((value, row) => value === row / 8));
});

Deno.test("readNumbers() reads on from a line within a file", () => {
  const text = "#Study,1\r\na,b\r\n0,5\r\n\r\n \r\n1,6", offset = text.indexOf("0,5");
  const table = { separator: ",", cells: 2, offset, line: 3 } as const;
  const columns = [{ name: "b", position: 1 }];
  assert.deepEqual(readNumbers(source(text), { table, columns }), [Float64Array.of(5, 6)]);
  assert.throws(() => readNumbers(source(`${text}x`), { table, columns }), {
    message: 'a.csv: Cannot read line 6: b must be a number, got "6x"',
  });
});

Deno.test("readNumbers() names the line and the column of what is no number", () => {
  const refuses = (text: string, message: string) =>
    assert.throws(() => read(text, ["ecg"]), new SyntaxError(`a.csv: Cannot read ${message}`));
  refuses("time,ecg\n0,1\n\n1,abc\n", 'line 4: ecg must be a number, got "abc"');
  refuses("time,ecg\n0,1-2\n", 'line 2: ecg must be a number, got "1-2"');
  refuses("time,ecg\n0,1 2\n", 'line 2: ecg must be a number, got "1 2"');
  refuses("time,ecg\n0,Infinity\n", 'line 2: ecg must be a number, got "Infinity"');
  refuses("time,ecg\n0,0x10\n", 'line 2: ecg must be a number, got "0x10"');
  for (const text of [".", "1.2.3", "--1", "0x"]) {
    refuses(`time,ecg\n0,${text}\n`, `line 2: ecg must be a number, got "${text}"`);
  }
  refuses("time,ecg\n0,-\n", 'line 2: ecg must be a number, got "-"');
  refuses(`time,ecg\n0,${"1".repeat(65)}\n`, "line 2: ecg must be a number, got a longer text");
  refuses("time,ecg\n0,1\n1\n", "line 3: a row must have 2 cells, got 1");
  refuses("time,ecg\n0,1,2\n", "line 2: a row must have 2 cells, got 3");
  refuses("time,ecg\n0,1,,\n", "line 2: a row must have 2 cells, got 4");
  refuses("time,gsr\n0,1\n", "line 1: there must be a column ecg, got time, gsr");
  refuses("time,ecg", "line 1: it must name the columns, got no end of it");
});

Deno.test("readNumbers() lets every line end with a separator", () => {
  assert.deepEqual(read("time,ecg\n0,1,\n1,2,\n", ["ecg"]), [Float64Array.of(1, 2)]);
});

const ROWS = Array.from({ length: 40 }, (_, row) => `${row},${row / 7}\n`).join("");
mutationTest("readNumbers()", {
  files: [new TextEncoder().encode(`time,ecg\n${ROWS}`)],
  read(bytes, file) {
    const source = bytesInMemory(bytes, { file }), { names, table } = readNames(source, { separator: "," });
    return readNumbers(source, { table, columns: columnsNamed(["ecg"], { names, file }) });
  },
});
