/**
 * Columns of numbers from a CSV file that is too large to be a text: it is read in parts, and only what is asked for becomes numbers.
 *
 * @module
 */
import { type ByteSource, latin1 } from "./bytes.ts";
import { growingNumbers } from "./growing.ts";

/** A line of a file. */
export interface Line {
  /** Its number, from 1. */
  readonly line: number;
  /** The position of its first byte. */
  readonly offset: number;
  /** Its bytes without the end of the line; they are overwritten by the next lines. */
  readonly bytes: Uint8Array;
}

/** Where in a file to begin. */
export interface LinesOptions {
  /** The position of the first byte; default 0. */
  readonly offset?: number;
  /** The number of the line there; default 1. */
  readonly line?: number;
}

const CHUNK = 2 ** 20, LONGEST = 2 ** 16;
const COMMA = 0x2c, NEW_LINE = 0x0a, RETURN = 0x0d;
const MINUS = 0x2d, POINT = 0x2e, ZERO = 0x30, NINE = 0x39;

/** The lines from a position on. Throws SyntaxError, with the line, for one of more than 64 KiB. */
export function* linesOf(
  source: ByteSource,
  { offset = 0, line = 1 }: LinesOptions = {},
): Generator<Line> {
  const { file, size } = source;
  while (offset < size) {
    const chunk = source.read(offset, Math.min(CHUNK, size - offset)),
      isLast = offset + chunk.length === size;
    let start = 0;
    while (start < chunk.length) {
      let end = chunk.indexOf(NEW_LINE, start);
      if (end === -1 && !isLast) break;
      if (end === -1) end = chunk.length;
      const bytes = chunk.subarray(start, end > start && chunk[end - 1] === RETURN ? end - 1 : end);
      if (bytes.length > LONGEST) break;
      yield { line, offset: offset + start, bytes };
      start = end + 1;
      line++;
    }
    // A line that doesn't end in a part of the file begins the next part; one as long as a part never ends.
    if (start === 0 || (isLast && start < chunk.length)) {
      throw new SyntaxError(
        `${file}: Cannot read line ${line}: it must have at most ${LONGEST} bytes, got more`,
      );
    }
    offset += Math.min(start, chunk.length);
  }
}

/**
 * The columns of a comma-separated table whose names stand in the first line at `offset`, by the names as they are asked for,
 * `[rows]` each.
 *
 * Nothing and `NaN` are NaN; empty lines are passed over; upper and lower case and blanks around names don't matter. Throws
 * SyntaxError, with file and line, for a missing column, a row that is too short, and a cell that is no number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { bytesInMemory } from "./bytes.ts";
 * const bytes = new TextEncoder().encode("time,ECG\n0,0.5\n1,NaN\n");
 * const { ecg } = readNumberColumns(bytesInMemory(bytes, { file: "a.csv" }), { columns: ["ecg"] });
 * assert.deepEqual(ecg, Float64Array.of(0.5, NaN));
 * ```
 */
export function readNumberColumns<Name extends string>(
  source: ByteSource,
  { columns, ...from }: LinesOptions & { columns: readonly Name[] },
): Record<Name, Float64Array> {
  const { file } = source, lines = linesOf(source, from), first = lines.next();
  const names = first.done ? [] : columnNames(first.value.bytes);
  const wanted = columns.map((name) => {
    const index = names.findIndex((candidate) => candidate.toLowerCase() === name.toLowerCase());
    if (index !== -1) return index;
    throw new SyntaxError(
      `${file}: Cannot read line ${from.line ?? 1}: it must name a column "${name}", got ${
        names.join(", ") || "nothing"
      }`,
    );
  });
  const growing = columns.map(growingNumbers);
  const last = Math.max(...wanted), ends = new Int32Array(last + 1);
  for (const { bytes, line } of lines) {
    if (bytes.length === 0) continue;
    const cells = cellEnds(bytes, ends);
    if (cells <= last) {
      throw new SyntaxError(
        `${file}: Cannot read line ${line}: it must have ${names.length} cells, got ${cells}`,
      );
    }
    growing.forEach((column, index) => {
      const cell = wanted[index], start = cell === 0 ? 0 : ends[cell - 1] + 1;
      const value = numberIn(bytes, { start, end: ends[cell] });
      if (value === null) {
        throw new SyntaxError(
          `${file}: Cannot read line ${line}: "${columns[index]}" must be a number, got ${
            JSON.stringify(latin1(bytes.subarray(start, Math.min(ends[cell], start + 40))))
          }`,
        );
      }
      column.add(value);
    });
  }
  const read: Partial<Record<Name, Float64Array>> = {};
  columns.forEach((name, index) => read[name] = growing[index].values());
  return read as Record<Name, Float64Array>;
}

/** The names in a line, without blanks and quotation marks around them. */
export function columnNames(bytes: Uint8Array): string[] {
  const text = new TextDecoder().decode(bytes).replace(/^\uFEFF/, "");
  return text.split(",").map((name) => name.trim().replace(/^"(.*)"$/, "$1"));
}

/** Where the cells end, as far as `ends` goes; gives how many there are so far. */
function cellEnds(bytes: Uint8Array, ends: Int32Array): number {
  let cells = 0;
  for (let at = 0; at <= bytes.length && cells < ends.length; at++) {
    if (at === bytes.length || bytes[at] === COMMA) ends[cells++] = at;
  }
  return cells;
}

/** The number in the bytes of a cell, NaN where it is missing, null where it is none. */
function numberIn(bytes: Uint8Array, { start, end }: { start: number; end: number }): number | null {
  const plain = plainNumber(bytes, { start, end });
  if (plain !== null) return plain;
  const text = latin1(bytes.subarray(start, end)).trim();
  if (text === "" || text.toLowerCase() === "nan") return NaN;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/**
 * A number of at most 15 digits without an exponent, or null: digits and power of ten are exact then, so one division rounds once,
 * as reading the text does, and no text is made for millions of cells.
 */
function plainNumber(bytes: Uint8Array, { start, end }: { start: number; end: number }): number | null {
  const first = bytes[start] === MINUS ? start + 1 : start;
  let digits = 0, power = 1, count = 0, isFraction = false;
  for (let at = first; at < end; at++) {
    const byte = bytes[at];
    if (byte === POINT && !isFraction) {
      isFraction = true;
      continue;
    }
    if (byte < ZERO || byte > NINE || ++count > 15) return null;
    digits = 10 * digits + byte - ZERO;
    if (isFraction) power *= 10;
  }
  if (count === 0) return null;
  return first === start ? digits / power : -digits / power;
}
