/**
 * MAT-files of version 4: matrices one after another.
 *
 * @module
 */
import { type ByteSource, cursorOn } from "../bytes.ts";
import { missingName } from "./access.ts";
import { elementError, type MatElement, type MatFile, type NumberClass, rangeOf } from "./element.ts";
import { bytesPer, type Storage, toNumbers } from "./numbers.ts";
import { rowsOf } from "./text.ts";

const HEADER_BYTES = 20;
const PRECISIONS: readonly { storage: Storage; class: NumberClass }[] = [
  { storage: "float64", class: "double" },
  { storage: "float32", class: "single" },
  { storage: "int32", class: "int32" },
  { storage: "int16", class: "int16" },
  { storage: "uint16", class: "uint16" },
  { storage: "uint8", class: "uint8" },
];
const TEXT = 1, SPARSE = 2;

/** What stands before the numbers of a matrix. */
interface Level4Matrix {
  readonly littleEndian: boolean;
  readonly precision: (typeof PRECISIONS)[number];
  readonly type: number;
  readonly shape: readonly [number, number];
  readonly isComplex: boolean;
  readonly name: string;
  /** Where the numbers begin. */
  readonly offset: number;
}

/** Whether a file begins as this version does: with a small number, in either order of bytes. */
export function isLevel4(source: ByteSource): boolean {
  if (source.size < HEADER_BYTES) return false;
  return [true, false].some((littleEndian) => isType(cursorOn(source, { littleEndian }).number("uint32")));
}

/**
 * Opens a file; nothing is read but the headers of its matrices.
 *
 * Throws SyntaxError for what is no such file, RangeError where it breaks off; for a variable that is complex or sparse TypeError, when
 * it is asked for.
 *
 * Source: MAT-File Format (The MathWorks, R2021b), Level 4; type MOPT, where M is 0 or 1 (IEEE, in either order of bytes).
 */
export function openLevel4(source: ByteSource): MatFile {
  const { file } = source, matrices = new Map<string, Level4Matrix>();
  for (let offset = 0; offset < source.size;) {
    const matrix = readMatrix(source, offset);
    if (matrices.has(matrix.name)) {
      throw cursorOn(source, { offset }).error("the names of variables must differ", `${matrix.name} again`);
    }
    matrices.set(matrix.name, matrix);
    offset = matrix.offset + bytesOf(matrix);
  }
  const names = [...matrices.keys()];
  return {
    file,
    version: "4",
    names,
    variable(name) {
      const matrix = matrices.get(name);
      if (matrix !== undefined) return elementOf(source, matrix);
      throw missingName({ file, path: "the file" }, { what: "variable", name, known: names });
    },
    warnings: () => [],
    [Symbol.dispose]() {},
  };
}

function readMatrix(source: ByteSource, offset: number): Level4Matrix {
  const littleEndian = isType(cursorOn(source, { offset }).number("uint32"));
  const cursor = cursorOn(source, { offset, littleEndian }), mopt = cursor.number("uint32");
  if (!isType(mopt)) throw cursor.error("the type of a matrix must be 0 to 1052", mopt, { at: offset });
  const rows = cursor.number("int32"), columns = cursor.number("int32"), imaginary = cursor.number("int32");
  const nameLength = cursor.number("int32");
  if (!(rows >= 0 && columns >= 0 && nameLength > 0)) {
    const got = `${rows}, ${columns}, ${nameLength}`;
    throw cursor.error("rows, columns and the length of a name must be numbers from 0, 0 and 1", got, {
      at: offset,
    });
  }
  const name = cursor.latin1(nameLength).split("\0")[0];
  const matrix: Level4Matrix = {
    littleEndian,
    precision: PRECISIONS[Math.floor(mopt / 10) % 10],
    type: mopt % 10,
    shape: [rows, columns],
    isComplex: imaginary !== 0,
    name,
    offset: cursor.offset,
  };
  cursor.skip(bytesOf(matrix));
  return matrix;
}

/** M is 0 or 1, O is 0, P up to 5, T up to 2. */
function isType(mopt: number): boolean {
  return mopt < 2000 && mopt % 1000 < 60 && mopt % 10 <= SPARSE;
}

function bytesOf({ shape: [rows, columns], isComplex, precision }: Level4Matrix): number {
  return rows * columns * (isComplex ? 2 : 1) * bytesPer(precision.storage);
}

function elementOf(source: ByteSource, matrix: Level4Matrix): MatElement {
  const { shape, type, precision: { storage, class: kind }, isComplex, littleEndian, offset, name } = matrix;
  const placed = { file: source.file, path: name, shape, length: shape[0] * shape[1] };
  if (type === SPARSE || isComplex) {
    throw elementError(placed, {
      must: "it must be an array of real numbers or a text",
      got: type === SPARSE ? "sparse" : "complex",
      type: "TypeError",
    });
  }
  const numbers = (range?: { from?: number; to?: number }) => {
    const { from, to } = rangeOf(placed, range), width = bytesPer(storage);
    const bytes = source.read(offset + from * width, (to - from) * width);
    return toNumbers(bytes, { storage, littleEndian, place: placed });
  };
  return type === TEXT
    ? { ...placed, kind: "text", rows: () => rowsOf(numbers(), placed) }
    : { ...placed, kind: "array", class: kind, numbers };
}
