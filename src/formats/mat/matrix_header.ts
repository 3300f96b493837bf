/**
 * What stands before the content of a matrix of a MAT-file of version 5.
 *
 * @module
 */
import { latin1 } from "../bytes.ts";
import { cursorAt, type DataElement, MI_MATRIX, nextElement, type Place } from "./data_element.ts";
import type { NumberClass } from "./element.ts";

/** What a matrix is, by its class. */
const CLASSES: Readonly<Record<number, MatrixClass>> = {
  1: "cell",
  2: "struct",
  3: "object",
  4: "char",
  5: "sparse",
  6: "double",
  7: "single",
  8: "int8",
  9: "uint8",
  10: "int16",
  11: "uint16",
  12: "int32",
  13: "uint32",
  14: "int64",
  15: "uint64",
  16: "function handle",
  17: "opaque",
};
const COMPLEX = 0x0800, LOGICAL = 0x0200;
const INT8 = 1, UINT8 = 2, INT32 = 5, UINT32 = 6, UTF8 = 16;

/** What a matrix is; those that are never read are told apart only for the message. */
export type MatrixClass = NumberClass | "cell" | "struct" | "char" | UnreadClass;
/** What is never read. */
export type UnreadClass = "object" | "sparse" | "function handle" | "opaque" | "complex";

/** The header of a matrix. */
export interface MatrixHeader {
  readonly class: MatrixClass;
  readonly shape: readonly number[];
  /** "" within cells and structures. */
  readonly name: string;
  /** What follows: numbers, characters, or more matrices. */
  readonly content: Place;
}

/**
 * Reads the header of a matrix. One without bytes is an empty array, as MATLAB writes the cells that nothing was put into.
 *
 * Throws SyntaxError for another element, an unknown class or parts that are missing, RangeError where it breaks off.
 */
export function readMatrixHeader(matrix: DataElement): MatrixHeader {
  const cursor = cursorAt(matrix), at = cursor.offset;
  if (matrix.type !== MI_MATRIX) throw cursor.error("a matrix (type 14) must begin", `type ${matrix.type}`);
  if (cursor.left === 0) return { class: "double", shape: [0, 0], name: "", content: matrix };
  const next = (types: readonly number[], what: string) => {
    const from = cursor.offset, found = nextElement(cursor, matrix);
    if (types.includes(found.type)) return found;
    throw cursor.error(`the ${what} of a matrix must follow`, `type ${found.type}`, { at: from });
  };
  const word = cursorAt(next([UINT32], "flags")).number("uint32"), kind = CLASSES[word & 0xff];
  if (kind === undefined) throw cursor.error("the class of a matrix must be 1 to 17", word & 0xff, { at });
  let shape: number[] = [1, 1];
  // An opaque element has no dimensions.
  if (kind !== "opaque") {
    const place = next([INT32, UINT32], "dimensions"), axes = cursorAt(place);
    shape = Array.from({ length: (place.end - place.offset) >> 2 }, () => axes.number("int32"));
    if (shape.length < 2 || shape.some((length) => length < 0)) {
      throw cursor.error("a matrix must have two or more dimensions from 0", `[${shape.slice(0, 9)}]`, {
        at,
      });
    }
  }
  const { type, source, offset, end } = next([INT8, UINT8, UTF8], "name");
  const name = source.read(offset, end - offset);
  return {
    class: kind === "sparse"
      ? kind
      : (word & COMPLEX) !== 0
      ? "complex"
      : (word & LOGICAL) !== 0
      ? "logical"
      : kind,
    shape,
    name: type === UTF8 ? new TextDecoder().decode(name) : latin1(name),
    content: { ...matrix, offset: cursor.offset },
  };
}
