/**
 * Columns of numbers out of a text of any size, its cells divided by commas, semicolons or tabs: the text is read in blocks.
 *
 * @module
 */
import { type ByteSource, latin1 } from "./bytes.ts";
import { growingNumbers } from "./growing.ts";

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

const BLOCK_BYTES = 1 << 20;
/** No number has more characters. */
const LONGEST_CELL = 64;
const LONGEST_LINE = 65_536;
const NEWLINE = 0x0a, RETURN = 0x0d, SPACE = 0x20;

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
  const separator = table.separator.charCodeAt(0), { file, size } = source;
  const columnAt = Array.from(
    { length: table.cells },
    (_, position) => columns.findIndex((column) => column.position === position),
  );
  const cell = new Uint8Array(LONGEST_CELL), kept = columns.map(growingNumbers);
  let length = 0, position = 0, line = table.line, isEmptyLine = true;
  const refuse = (must: string, got: string) =>
    new SyntaxError(`${file}: Cannot read line ${line}: ${must}, got ${got}`);

  const endCell = () => {
    const column = position < table.cells ? columnAt[position] : -1;
    if (column >= 0) {
      while (length > 0 && isBlank(cell[length - 1])) length--;
      const value = numberOf(cell, length);
      if (value === null) {
        const text = JSON.stringify(latin1(cell.subarray(0, length)));
        throw refuse(`${columns[column].name} must be a number`, text);
      }
      kept[column].add(value);
    }
    position++;
  };
  const endLine = () => {
    if (!isEmptyLine) {
      const isOneMore = position === table.cells && length === 0;
      endCell();
      if (position !== table.cells && !isOneMore) {
        throw refuse(`a row must have ${table.cells} cells`, `${position}`);
      }
    }
    position = length = 0;
    isEmptyLine = true;
    line++;
  };

  for (let offset = table.offset; offset < size;) {
    const block = source.read(offset, Math.min(BLOCK_BYTES, size - offset));
    for (let at = 0; at < block.length; at++) {
      const byte = block[at];
      if (byte === separator) {
        isEmptyLine = false;
        endCell();
        length = 0;
      } else if (byte === NEWLINE) {
        endLine();
      } else if (length > 0 || !isBlank(byte)) {
        isEmptyLine = false;
        if (position >= table.cells) throw refuse(`a row must have ${table.cells} cells`, "more");
        if (columnAt[position] < 0) {
          // That something stands there is enough.
          length = 1;
          continue;
        }
        if (length === LONGEST_CELL) {
          throw refuse(`${columns[columnAt[position]].name} must be a number`, "a longer text");
        }
        cell[length++] = byte;
      }
    }
    offset += block.length;
  }
  endLine();
  return kept.map(({ values }) => values());
}

/**
 * The names in a table's first line, and the table below it.
 *
 * Throws SyntaxError, with the file, when the line is longer than 65,536 bytes or there is none.
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
  const start = source.read(0, Math.min(LONGEST_LINE, source.size)), end = start.indexOf(NEWLINE);
  if (end < 0) {
    throw new SyntaxError(`${source.file}: Cannot read line 1: it must name the columns, got no end of it`);
  }
  const text = new TextDecoder().decode(start.subarray(0, end));
  const names = text.split(separator).map((name) => name.trim().replace(/^"(.*)"$/, "$1"));
  return { names, table: { separator, cells: names.length, offset: end + 1, line: 2 } };
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

/** Around a number they are passed over, the end of a line in Windows among them. */
function isBlank(byte: number): boolean {
  return byte === SPACE || byte === RETURN;
}

const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** Whole numbers below are exact. */
const EXACT = 2 ** 53;

/** The number that a cell writes, NaN for a missing one; null where it writes none. */
function numberOf(cell: Uint8Array, length: number): number | null {
  if (length === 0) return NaN;
  const isNegative = cell[0] === 0x2d;
  let mantissa = 0, decimals = -1, digits = 0, at = isNegative || cell[0] === 0x2b ? 1 : 0;
  for (; at < length; at++) {
    const digit = cell[at] - 0x30;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
      if (decimals >= 0) decimals++;
    } else if (cell[at] === 0x2e && decimals < 0) decimals = 0;
    else break;
  }
  // Both are exact, so that their quotient is rounded once (Clinger 1990).
  if (at === length && digits > 0 && mantissa < EXACT && decimals < POWERS.length) {
    const value = decimals > 0 ? mantissa / POWERS[decimals] : mantissa;
    return isNegative ? -value : value;
  }
  return numberOfText(latin1(cell.subarray(0, length)));
}

function numberOfText(text: string): number | null {
  if (/^[+-]?nan$/i.test(text)) return NaN;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}
