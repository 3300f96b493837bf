import assert from "node:assert/strict";
import { float32Rows, rowsInMemory } from "../../src/formats/rows.ts";

/** A table of `rows` x `columns` that counts up from 0, and the ranges that were read from it. */
function counted(rows: number, columns: number) {
  const values = Float32Array.from({ length: rows * columns }, (_, index) => index);
  const bytes = new Uint8Array(values.buffer), reads: [number, number][] = [];
  const table = float32Rows(
    (offset, length) => {
      reads.push([offset, length]);
      return bytes.subarray(offset, offset + length);
    },
    bytes.length,
    columns,
  );
  return { table, reads };
}

Deno.test("float32Rows() tells rows and columns without reading", () => {
  const { table, reads } = counted(5, 3);
  assert.equal(table.rows, 5);
  assert.equal(table.columns, 3);
  assert.deepEqual(reads, []);
});

Deno.test("float32Rows() reads little-endian float32", () => {
  const bytes = Uint8Array.of(0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x20, 0xc0);
  const table = float32Rows((offset, length) => bytes.subarray(offset, offset + length), bytes.length, 2);
  assert.deepEqual([...table.read([0])], [1, -2.5]);
});

Deno.test("read() gives rows in the order asked for, also twice", () => {
  const { table } = counted(4, 2);
  assert.deepEqual([...table.read([3, 0, 3])], [6, 7, 0, 1, 6, 7]);
});

Deno.test("read() reads neighbours in one go and nothing else", () => {
  const { table, reads } = counted(10, 2);
  assert.deepEqual([...table.read([2, 3, 4, 8, 7])], [4, 5, 6, 7, 8, 9, 16, 17, 14, 15]);
  assert.deepEqual(reads, [[16, 24], [64, 8], [56, 8]]);
});

Deno.test("read() takes typed positions, and none", () => {
  const { table, reads } = counted(3, 2);
  assert.deepEqual([...table.read(Int32Array.of(1, 2))], [2, 3, 4, 5]);
  assert.equal(table.read([]).length, 0);
  assert.equal(reads.length, 1);
});

Deno.test("read() gives values that belong to the caller", () => {
  const { table } = counted(2, 2);
  table.read([0]).fill(-1);
  assert.deepEqual([...table.read([0])], [0, 1]);
});

Deno.test("read() throws RangeError for a row that does not exist", () => {
  const { table } = counted(3, 2);
  for (const position of [3, -1, 0.5, NaN]) {
    assert.throws(() => table.read([0, position]), {
      name: "RangeError",
      message: `Cannot read a row: its position must be below 3, got ${position}`,
    });
  }
  assert.throws(() => table.read([1, 2, 3]), { name: "RangeError" });
});

Deno.test("float32Rows() throws RangeError when the size is no whole number of rows", () => {
  assert.throws(() => float32Rows(() => new Uint8Array(), 20, 3), {
    name: "RangeError",
    message: "Cannot open float32 rows: the size must be a multiple of 12 bytes, got 20 bytes",
  });
});

Deno.test("float32Rows() throws RangeError when a row has no columns", () => {
  for (const columns of [0, -1, 1.5]) {
    assert.throws(() => float32Rows(() => new Uint8Array(), 24, columns), { name: "RangeError" });
  }
});

Deno.test("float32Rows() opens an empty file as a table without rows", () => {
  assert.equal(float32Rows(() => new Uint8Array(), 0, 4).rows, 0);
});

Deno.test("rowsInMemory() reads a view into a larger buffer from where the view begins", () => {
  const values = Float32Array.of(9, 1, 2, 3, 4, 9);
  const table = rowsInMemory(values.subarray(1, 5), 2);
  assert.equal(table.rows, 2);
  assert.deepEqual([...table.read([1, 0])], [3, 4, 1, 2]);
});
