/**
 * Columns of numbers out of a text of any size, its cells divided by commas, semicolons or tabs: the text is read line by line.
 *
 * @module
 */
import { type ByteSource, latin1 } from "./bytes.ts";
import { growingNumbers } from "./growing.ts";
import { linesOf } from "./lines.ts";

/** A table in a text, from its first row of numbers on. */
export interface NumberTable {
  /** What divides cells. */
  readonly separator: "," | "\t" | ";";
  /** How many cells every row has. */
  readonly cells: number;
  /** Where the first row begins. */
  readonly offset: number;
  /** The number of its line in the file, from 1. */
  readonly line: number;
}

/** A column to read. */
export interface NumberColumn {
  /** What messages call it. */
  readonly name: string;
  /** Its place in a row, from 0. */
  readonly position: number;
}

/** No number has more characters. */
const LONGEST_CELL = 64;
const RETURN = 0x0d, SPACE = 0x20;

/**
 * Reads columns as float64; NaN where a cell is empty or says so.
 *
 * Every number is the double that is nearest to its digits. Empty lines are passed over; a row may have one empty cell more, as where
 * each line ends with a separator. Throws SyntaxError, with file and line, for a cell that is no number and a row of another length.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { bytesInMemory } from "./bytes.ts";
 * const source = bytesInMemory(new TextEncoder().encode("0,1.5,9\n1,-2e3,9\n"), { file: "a.csv" });
 * const table = { separator: ",", cells: 3, offset: 0, line: 1 } as const;
 * assert.deepEqual(readNumbers(source, { table, columns: [{ name: "ecg", position: 1 }] }), [
 *   Float64Array.of(1.5, -2000),
 * ]);
 * ```
 */
export function readNumbers(
  source: ByteSource,
  { table, columns }: { readonly table: NumberTable; readonly columns: readonly NumberColumn[] },
): Float64Array[] {
  const kept = columns.map(growingNumbers), ends = new Int32Array(table.cells + 1);
  for (const { line, bytes } of linesOf(source, table)) {
    const refuse = (must: string, got: string) =>
      new SyntaxError(`${source.file}: Cannot read line ${line}: ${must}, got ${got}`);
    const cells = divide(bytes, { separator: table.separator, ends });
    if (cells === 1 && isBlank(bytes, { start: 0, end: bytes.length })) continue;
    const isOneMore = cells === table.cells + 1 &&
      isBlank(bytes, { start: ends[table.cells - 1] + 1, end: bytes.length });
    if (cells !== table.cells && !isOneMore) {
      throw refuse(`a row must have ${table.cells} cells`, `${cells}`);
    }
    columns.forEach(({ name, position }, index) => {
      const cell = { start: position === 0 ? 0 : ends[position - 1] + 1, end: ends[position] };
      const value = numberIn(bytes, cell);
      if (value === null) {
        const text = latin1(bytes.subarray(cell.start, cell.end)).trim();
        throw refuse(
          `${name} must be a number`,
          text.length > LONGEST_CELL ? "a longer text" : JSON.stringify(text),
        );
      }
      kept[index].add(value);
    });
  }
  return kept.map((numbers) => numbers.values());
}

/**
 * The names in a table's first line, and the table below it.
 *
 * Throws SyntaxError, with the file, for a line that has no end.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { bytesInMemory } from "./bytes.ts";
 * const source = bytesInMemory(new TextEncoder().encode("time,ecg\r\n0,1\r\n"), { file: "a.csv" });
 * const { names, table } = readNames(source, { separator: "," });
 * assert.deepEqual(names, ["time", "ecg"]);
 * assert.deepEqual(table, { separator: ",", cells: 2, offset: 10, line: 2 });
 * ```
 */
export function readNames(
  source: ByteSource,
  { separator }: Pick<NumberTable, "separator">,
): { readonly names: readonly string[]; readonly table: NumberTable } {
  const [first] = linesOf(source);
  if (first === undefined || first.next > source.size) {
    throw new SyntaxError(`${source.file}: Cannot read line 1: it must name the columns, got no end of it`);
  }
  const names = namesIn(first.bytes, separator);
  return { names, table: { separator, cells: names.length, offset: first.next, line: 2 } };
}

/** The names in a line, without a byte order mark, and blanks and quotation marks around them. */
export function namesIn(bytes: Uint8Array, separator: NumberTable["separator"]): string[] {
  const names = new TextDecoder().decode(bytes).split(separator);
  return names.map((name) => name.trim().replace(/^"(.*)"$/, "$1"));
}

/** The columns of these names. Throws SyntaxError, with file and name, for one that the table lacks. */
export function columnsNamed(
  wanted: readonly string[],
  { names, file }: { readonly names: readonly string[]; readonly file: string },
): NumberColumn[] {
  return wanted.map((name) => {
    const position = names.indexOf(name);
    if (position >= 0) return { name, position };
    throw new SyntaxError(
      `${file}: Cannot read line 1: there must be a column ${name}, got ${names.join(", ")}`,
    );
  });
}

/** Bytes of a line from `start` to before `end`. */
interface Cell {
  readonly start: number;
  readonly end: number;
}

/** Where the cells of a line end, as far as `ends` goes; gives how many there are. */
function divide(
  bytes: Uint8Array,
  { separator, ends }: { separator: NumberTable["separator"]; ends: Int32Array },
): number {
  const divider = separator.charCodeAt(0);
  let cells = 0;
  for (let at = 0; at <= bytes.length; at++) {
    // Beyond its end an array takes nothing.
    if (at === bytes.length || bytes[at] === divider) ends[cells++] = at;
  }
  return cells;
}

/** What may stand around a number. */
function isSpace(byte: number): boolean {
  return byte === SPACE || byte === RETURN;
}

function isBlank(bytes: Uint8Array, { start, end }: Cell): boolean {
  while (start < end && isSpace(bytes[start])) start++;
  return start === end;
}

const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** Whole numbers below are exact. */
const EXACT = 2 ** 53;

/** The number that a cell writes, NaN for a missing one; null where it writes none. */
function numberIn(bytes: Uint8Array, { start, end }: Cell): number | null {
  while (start < end && isSpace(bytes[start])) start++;
  while (start < end && isSpace(bytes[end - 1])) end--;
  if (start === end) return NaN;
  if (end - start > LONGEST_CELL) return null;
  const isNegative = bytes[start] === 0x2d;
  let mantissa = 0, decimals = -1, digits = 0, at = isNegative || bytes[start] === 0x2b ? start + 1 : start;
  for (; at < end; at++) {
    const digit = bytes[at] - 0x30;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
      if (decimals >= 0) decimals++;
    } else if (bytes[at] === 0x2e && decimals < 0) decimals = 0;
    else break;
  }
  // Both are exact, so that their quotient is rounded once (Clinger 1990).
  if (at === end && digits > 0 && mantissa < EXACT && decimals < POWERS.length) {
    const value = decimals > 0 ? mantissa / POWERS[decimals] : mantissa;
    return isNegative ? -value : value;
  }
  return numberOfText(latin1(bytes.subarray(start, end)));
}

function numberOfText(text: string): number | null {
  if (/^[+-]?nan$/i.test(text)) return NaN;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}
