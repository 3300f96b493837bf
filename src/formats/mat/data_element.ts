/**
 * The data elements that a MAT-file of version 5 consists of: a type, a length, and so many bytes.
 *
 * @module
 */
import { type ByteSource, type Cursor, cursorOn } from "../bytes.ts";
import type { Storage } from "./numbers.ts";

/** Types that aren't numbers, by what stands in a file. */
export const MI_MATRIX = 14, MI_COMPRESSED = 15;

/** How numbers are stored, by type. */
export const STORAGE: Readonly<Record<number, Storage>> = {
  1: "int8",
  2: "uint8",
  3: "int16",
  4: "uint16",
  5: "int32",
  6: "uint32",
  7: "float32",
  9: "float64",
  12: "int64",
  13: "uint64",
};

/** Encodings of text, by type. */
export const ENCODING: Readonly<Record<number, "utf-8" | "utf-16" | "utf-32">> = {
  16: "utf-8",
  17: "utf-16",
  18: "utf-32",
};

/** A stretch of a source in which an element lies. */
export interface Place {
  readonly source: ByteSource;
  readonly littleEndian: boolean;
  /** Position of the first byte. */
  readonly offset: number;
  /** Position after the last. */
  readonly end: number;
}

/** One data element. */
export interface DataElement extends Place {
  readonly type: number;
}

/** A cursor on a place. */
export function cursorAt({ source, littleEndian, offset, end }: Place): Cursor {
  return cursorOn(source, { offset, end, littleEndian });
}

/**
 * The element that begins at a cursor, which moves behind it and its padding to 8 bytes (compressed ones have none).
 *
 * Up to four bytes may stand in the tag itself, where its upper half is their number. Throws RangeError beyond the cursor's end.
 */
export function nextElement(cursor: Cursor, { source, littleEndian }: Place): DataElement {
  const at = cursor.offset, tag = cursor.number("uint32");
  if (tag >>> 16 !== 0) {
    const length = tag >>> 16, offset = cursor.offset;
    if (length > 4) throw cursor.error("a small element must have at most 4 bytes", length, { at });
    cursor.skip(4);
    return { source, littleEndian, type: tag & 0xffff, offset, end: offset + length };
  }
  const length = cursor.number("uint32"), offset = cursor.offset;
  cursor.skip(length);
  const padding = tag === MI_COMPRESSED ? 0 : -length & 7;
  // The last element of a file or a matrix may go without its padding.
  cursor.skip(Math.min(padding, cursor.left));
  return { source, littleEndian, type: tag, offset, end: offset + length };
}
