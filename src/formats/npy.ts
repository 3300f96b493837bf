/**
 * NPY, the format in which NumPy saves one array: float32 and float64 in C order, read by rows.
 *
 * Source: NEP 1 and `numpy.lib.format`, versions 1.0 to 3.0.
 *
 * @module
 */
import { float32Rows, type ReadBytes, type RowReader } from "./rows.ts";

/** What the header of a file says. */
export interface NpyHeader {
  /** The type of a number as NumPy writes it: `<f4` is float32, `<f8` float64, both little-endian. */
  readonly descr: string;
  /** Whether the first axis runs fastest, and not the last. */
  readonly fortranOrder: boolean;
  /** The length of each axis; empty for a single number. */
  readonly shape: readonly number[];
  /** Where the numbers begin, in bytes. */
  readonly dataOffset: number;
}

const MAGIC = [0x93, ..."NUMPY"].map((part) => typeof part === "string" ? part.charCodeAt(0) : part);
/** The bytes that tell the length of the header, by major version. */
const LENGTH_BYTES: Readonly<Record<number, number>> = { 1: 2, 2: 4, 3: 4 };
/** Longer than any header of an array of numbers; what asks for more is no NPY file. */
const LONGEST_HEADER = 65_536;
const ITEM_BYTES: Readonly<Record<string, number>> = { "<f4": 4, "<f8": 8 };

/**
 * Reads the header of a file of `size` bytes.
 *
 * Throws SyntaxError for what is no NPY file, and RangeError for a version other than 1, 2 and 3 or a header beyond the file's end.
 */
export function readNpyHeader(readBytes: ReadBytes, size: number): NpyHeader {
  const prefix = size < 10 ? new Uint8Array(0) : readBytes(0, Math.min(size, 12));
  if (prefix.length === 0 || MAGIC.some((byte, index) => prefix[index] !== byte)) {
    throw new SyntaxError(
      `Cannot read NPY: the file must begin with \\x93NUMPY, got ${size} bytes that don't`,
    );
  }
  const major = prefix[6], lengthBytes = LENGTH_BYTES[major];
  if (lengthBytes === undefined) {
    throw new RangeError(`Cannot read NPY: the version must be 1, 2 or 3, got ${major}.${prefix[7]}`);
  }
  const start = 8 + lengthBytes, view = new DataView(prefix.buffer, prefix.byteOffset, prefix.length);
  const length = prefix.length < start
    ? NaN
    : lengthBytes === 2
    ? view.getUint16(8, true)
    : view.getUint32(8, true);
  if (!(length <= LONGEST_HEADER && start + length <= size)) {
    throw new RangeError(
      `Cannot read NPY: the header must end within ${LONGEST_HEADER} bytes and the file's ${size}, got a length of ${length}`,
    );
  }
  return {
    ...readDictionary(new TextDecoder().decode(readBytes(start, length))),
    dataOffset: start + length,
  };
}

/** The header is the text of a Python dict with exactly these keys. */
function readDictionary(text: string): Omit<NpyHeader, "dataOffset"> {
  const descr = /["']descr["']\s*:\s*["']([^"']*)["']/.exec(text)?.[1];
  const order = /["']fortran_order["']\s*:\s*(True|False)/.exec(text)?.[1];
  const shape = /["']shape["']\s*:\s*\(([\d\s,]*)\)/.exec(text)?.[1];
  if (descr === undefined || order === undefined || shape === undefined) {
    throw new SyntaxError(
      `Cannot read NPY: the header must tell descr of one type, fortran_order and shape, got ${
        text.trim().slice(0, 200)
      }`,
    );
  }
  const lengths = shape.split(",").map((part) => part.trim()).filter((part) => part !== "").map(Number);
  return { descr, fortranOrder: order === "True", shape: lengths };
}

/**
 * Opens a file of `size` bytes as a matrix: the first axis is the rows, the others are one after another in a row. Numbers are read
 * when rows are; float64 is rounded to float32.
 *
 * Throws TypeError for an array without rows and columns; RangeError for another type than `<f4` and `<f8`, for Fortran order, and
 * when the file is not as long as its header says; and what {@link readNpyHeader} throws.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }";
 * const bytes = new Uint8Array([
 *   ...[0x93, 78, 85, 77, 80, 89, 1, 0, header.length, 0],
 *   ...new TextEncoder().encode(header),
 *   ...new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer),
 * ]);
 * const rows = npyRows((offset, length) => bytes.subarray(offset, offset + length), bytes.length);
 * assert.deepEqual([...rows.read([1])], [3, 4]);
 * ```
 */
export function npyRows(readBytes: ReadBytes, size: number): RowReader {
  const { descr, fortranOrder, shape, dataOffset } = readNpyHeader(readBytes, size);
  const [rows, ...rest] = shape, columns = rest.reduce((product, length) => product * length, 1);
  if (rest.length === 0 || columns === 0) {
    throw new TypeError(
      `Cannot read rows of NPY: it must have rows and columns, got shape (${shape.join(", ")})`,
    );
  }
  const itemBytes = ITEM_BYTES[descr];
  if (itemBytes === undefined) {
    throw new RangeError(
      `Cannot read rows of NPY: the numbers must be little-endian float32 or float64 (<f4, <f8), got ${descr}`,
    );
  }
  if (fortranOrder) {
    throw new RangeError(
      "Cannot read rows of NPY: the array must be in C order, as numpy.ascontiguousarray gives it, got Fortran order",
    );
  }
  const expected = dataOffset + rows * columns * itemBytes;
  if (size !== expected) {
    throw new RangeError(
      `Cannot read rows of NPY: an array of shape (${
        shape.join(", ")
      }) must end at byte ${expected}, got ${size} bytes`,
    );
  }
  const readData: ReadBytes = (offset, length) => readBytes(dataOffset + offset, length);
  // A float64 is two columns of float32 to whoever moves bytes alone.
  const table = float32Rows(readData, size - dataOffset, columns * itemBytes / 4);
  if (itemBytes === 4) return table;
  return {
    rows,
    columns,
    read: (positions) => Float32Array.from(new Float64Array(table.read(positions).buffer)),
  };
}
