/**
 * Bytes of a file, read by range: a cursor that checks every bound, and errors that name file and byte.
 *
 * @module
 */

/** A file whose bytes are read when they are needed. */
export interface ByteSource {
  /** The path, which messages begin with. */
  readonly file: string;
  /** How many bytes it has. */
  readonly size: number;
  /** The bytes from `offset` on, `length` of them. Throws RangeError, with file and offset, beyond the end. */
  read(offset: number, length: number): Uint8Array;
}

/**
 * Bytes that are in memory already, as a source.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const source = bytesInMemory(Uint8Array.of(1, 2, 3), { file: "a.bin" });
 * assert.deepEqual([...source.read(1, 2)], [2, 3]);
 * assert.throws(() => source.read(2, 2), { message: /^a.bin: Cannot read byte 2: there must be 2 bytes, got 1/ });
 * ```
 */
export function bytesInMemory(bytes: Uint8Array, { file }: { file: string }): ByteSource {
  return {
    file,
    size: bytes.length,
    read(offset, length) {
      mustHold({ file, size: bytes.length }, { offset, length });
      return bytes.subarray(offset, offset + length);
    },
  };
}

/** Throws RangeError, with file and offset, unless the range lies within the file. */
export function mustHold(
  { file, size }: Pick<ByteSource, "file" | "size">,
  { offset, length }: { offset: number; length: number },
): void {
  const isRange = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (isRange && offset + length <= size) return;
  throw new RangeError(
    `${file}: Cannot read byte ${offset}: there must be ${length} bytes, got ${Math.max(0, size - offset)}`,
  );
}

/** A place in a file from which numbers and texts are taken in order, all little-endian unless it says otherwise. */
export interface Cursor {
  /** The position of the next byte in the file. */
  readonly offset: number;
  /** Bytes up to the end of what the cursor may read. */
  readonly left: number;
  /** A number of this type; the cursor moves behind it. Throws RangeError beyond the end, as all that follow do. */
  number(type: NumberType): number;
  /** Whole numbers of 64 bits; RangeError for one that a number can't hold exactly. */
  long(): number;
  /** The next bytes. */
  bytes(length: number): Uint8Array;
  /** The next bytes as text, one character a byte (ISO 8859-1). */
  latin1(length: number): string;
  /** Moves on. */
  skip(length: number): void;
  /** Moves to a position of the file. */
  seek(offset: number): void;
  /** A cursor of its own on the next bytes, which ends with them; this one moves behind them. */
  part(length: number): Cursor;
  /** The error for what stands at a position, by default that of the cursor: `file: Cannot read byte 12: what must hold, got x`. */
  error(must: string, got: unknown, options?: { readonly at?: number; readonly type?: ErrorType }): Error;
}

/** What a cursor can read with `number`. */
export type NumberType = keyof typeof NUMBERS;

/** Which error is thrown: SyntaxError for bytes that are no such file, RangeError for a value, TypeError for a shape. */
export type ErrorType = "SyntaxError" | "RangeError" | "TypeError";

const NUMBERS = {
  uint8: [1, (view: DataView) => view.getUint8(0)],
  int8: [1, (view: DataView) => view.getInt8(0)],
  uint16: [2, (view: DataView, little: boolean) => view.getUint16(0, little)],
  int16: [2, (view: DataView, little: boolean) => view.getInt16(0, little)],
  uint32: [4, (view: DataView, little: boolean) => view.getUint32(0, little)],
  int32: [4, (view: DataView, little: boolean) => view.getInt32(0, little)],
  float32: [4, (view: DataView, little: boolean) => view.getFloat32(0, little)],
  float64: [8, (view: DataView, little: boolean) => view.getFloat64(0, little)],
} as const;

const ERRORS = { SyntaxError, RangeError, TypeError } as const;

/**
 * A cursor on a source, from its beginning or on a part of it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const source = bytesInMemory(Uint8Array.of(1, 0, 72, 105), { file: "a.bin" });
 * const cursor = cursorOn(source);
 * assert.deepEqual([cursor.number("uint16"), cursor.latin1(2), cursor.left], [1, "Hi", 0]);
 * assert.throws(() => cursor.number("uint8"), { name: "RangeError" });
 * ```
 */
export function cursorOn(
  source: ByteSource,
  { offset: start = 0, end = source.size, littleEndian = true }: {
    readonly offset?: number;
    readonly end?: number;
    readonly littleEndian?: boolean;
  } = {},
): Cursor {
  let offset = start;
  const take = (length: number): Uint8Array => {
    mustHold({ file: source.file, size: end }, { offset, length });
    const bytes = source.read(offset, length);
    offset += length;
    return bytes;
  };
  const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cursor: Cursor = {
    get offset() {
      return offset;
    },
    get left() {
      return end - offset;
    },
    number(type) {
      const [length, read] = NUMBERS[type];
      return read(viewOf(take(length)), littleEndian);
    },
    long() {
      const at = offset, value = viewOf(take(8)).getBigInt64(0, littleEndian);
      if (BigInt.asIntN(54, value) === value) return Number(value);
      throw cursor.error("a whole number must be exact as a double", value, { at, type: "RangeError" });
    },
    bytes: take,
    latin1: (length) => latin1(take(length)),
    skip(length) {
      mustHold({ file: source.file, size: end }, { offset, length });
      offset += length;
    },
    seek(position) {
      mustHold({ file: source.file, size: end }, { offset: position, length: 0 });
      offset = position;
    },
    part(length) {
      mustHold({ file: source.file, size: end }, { offset, length });
      const part = cursorOn(source, { offset, end: offset + length, littleEndian });
      offset += length;
      return part;
    },
    error(must, got, { at = offset, type = "SyntaxError" } = {}) {
      return new ERRORS[type](`${source.file}: Cannot read byte ${at}: ${must}, got ${got}`);
    },
  };
  return cursor;
}

/** Text whose every byte is a character, U+0000 to U+00FF; the `latin1` of TextDecoder is windows-1252. */
export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let first = 0; first < bytes.length; first += 4096) {
    text += String.fromCharCode(...bytes.subarray(first, first + 4096));
  }
  return text;
}
