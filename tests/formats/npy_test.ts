import assert from "node:assert/strict";
import { npyRows, readNpyHeader } from "../../src/formats/npy.ts";
import type { ReadBytes } from "../../src/formats/rows.ts";

/** Written by NumPy: tests/golden/formats/make_npy.py. */
const golden = (name: string) =>
  Deno.readFileSync(new URL(`../golden/formats/npy/${name}.npy`, import.meta.url));
const reader = (bytes: Uint8Array): ReadBytes => (offset, length) => bytes.subarray(offset, offset + length);
const rowsOf = (bytes: Uint8Array) => npyRows(reader(bytes), bytes.length);
const headerOf = (bytes: Uint8Array) => readNpyHeader(reader(bytes), bytes.length);

/** What the script writes, as float32. */
const VALUES = [0, 1.5, -2, NaN, Math.fround(3e38), Math.fround(1e-3)];

for (const name of ["float32", "float64", "version2", "version3", "lead"]) {
  Deno.test(`npyRows() reads ${name} as NumPy wrote it`, () => {
    const table = rowsOf(golden(name));
    assert.deepEqual([table.rows, table.columns], [2, 3]);
    assert.deepEqual([...table.read([0, 1])], VALUES);
    assert.deepEqual([...table.read([1, 0])], [...VALUES.slice(3), ...VALUES.slice(0, 3)]);
  });
}

Deno.test("npyRows() reads the rows that are asked for and nothing else", () => {
  const bytes = golden("float64"), reads: number[] = [];
  const table = npyRows((offset, length) => {
    reads.push(length);
    return bytes.subarray(offset, offset + length);
  }, bytes.length);
  const header = reads.length;
  assert.deepEqual([...table.read([1])], VALUES.slice(3));
  assert.deepEqual(reads.slice(header), [24]);
});

Deno.test("npyRows() opens an array without rows", () => {
  const table = rowsOf(golden("empty"));
  assert.deepEqual([table.rows, table.columns], [0, 3]);
});

Deno.test("readNpyHeader() tells what NumPy wrote", () => {
  const { dataOffset, ...header } = headerOf(golden("fortran"));
  assert.deepEqual(header, { descr: "<f4", fortranOrder: true, shape: [2, 3] });
  assert.equal(dataOffset, golden("fortran").length - 24);
  assert.deepEqual(headerOf(golden("lead")).shape, [2, 3, 1]);
  assert.deepEqual(headerOf(golden("number")).shape, []);
});

const REFUSED: Record<string, [ErrorConstructor, RegExp]> = {
  "big-endian": [RangeError, /must be little-endian float32 or float64 \(<f4, <f8\), got >f4$/],
  int64: [RangeError, /got <i8$/],
  fortran: [RangeError, /must be in C order, .*got Fortran order$/],
  number: [TypeError, /must have rows and columns, got shape \(\)$/],
  record: [SyntaxError, /must tell descr of one type, .*got \{'descr': \[/],
};

for (const [name, [kind, message]] of Object.entries(REFUSED)) {
  Deno.test(`npyRows() refuses ${name}`, () => {
    assert.throws(
      () => rowsOf(golden(name)),
      (error) => error instanceof kind && message.test(error.message),
    );
  });
}

/** The file with other bytes from `offset` on. */
function changed(offset: number, ...bytes: number[]): Uint8Array {
  const copy = golden("float32");
  copy.set(bytes, offset);
  return copy;
}

Deno.test("readNpyHeader() refuses what is no NPY file, another version, and a header beyond the file", () => {
  const { length } = golden("float32");
  for (const bytes of [new Uint8Array(0), new Uint8Array(200), new TextEncoder().encode("window,class\n")]) {
    assert.throws(() => headerOf(bytes), { name: "SyntaxError", message: /must begin with \\x93NUMPY/ });
  }
  assert.throws(() => headerOf(changed(6, 4)), {
    name: "RangeError",
    message: /must be 1, 2 or 3, got 4\.0$/,
  });
  assert.throws(() => headerOf(changed(8, 0xff, 0xff)), {
    name: "RangeError",
    message:
      `Cannot read NPY: the header must end within 65536 bytes and the file's ${length}, got a length of 65535`,
  });
  assert.throws(() => headerOf(golden("float32").subarray(0, 40)), { name: "RangeError" });
});

Deno.test("npyRows() refuses a file that ends early or goes on", () => {
  const bytes = golden("float32");
  assert.throws(() => rowsOf(bytes.subarray(0, -1)), {
    name: "RangeError",
    message: `Cannot read rows of NPY: an array of shape (2, 3) must end at byte ${bytes.length}, got ${
      bytes.length - 1
    } bytes`,
  });
  assert.throws(() => rowsOf(Uint8Array.from([...bytes, 0])), { name: "RangeError" });
});
