/**
 * A table whose first row names its columns, whatever kind of file it comes from: cells by column, errors by file and row.
 *
 * @module
 */
import { didYouMean } from "../../manifest/choice.ts";

/** A row under the names. */
export interface TableRow {
  /** Its number in the file as a spreadsheet shows it: the names stand in row 1. */
  readonly row: number;
  /** Texts in the order of the columns, without blanks around them; "" where there is none. */
  readonly cells: readonly string[];
}

/** A table of texts. */
export interface Table {
  /** The path, which messages begin with. */
  readonly file: string;
  /** The names of the columns. */
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

/** A number's range, and the texts that stand for no number. */
export interface NumberCell {
  readonly from: number;
  readonly to: number;
  /** Texts for a missing number, besides those of {@link isMissing}. */
  readonly missing?: readonly string[];
}

/** What divides cells, in words. */
const DELIMITERS: Readonly<Record<string, string>> = { ",": "comma", ";": "semicolon", "\t": "tab" };

/** What spreadsheets and statistics programs write where there is no value. */
const MISSING = ["", "nan", "na", "n/a", "null", "#n/a", "#null!", "#value!", "#div/0!", "#num!", "#ref!"];

/** Whether a text says that there is no value: nothing, `NaN`, or an error of a spreadsheet. */
export function isMissing(text: string): boolean {
  return MISSING.includes(text.toLowerCase());
}

/**
 * The position of a column by its name; upper and lower case, blanks, dashes and underscores count as equal.
 *
 * Throws SyntaxError, with the nearest name, for a column that isn't there or is there twice.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const table = { file: "a.csv", columns: ["Session Id", "HR"], rows: [] };
 * assert.equal(columnOf(table, "Session ID"), 0);
 * assert.throws(() => columnOf(table, "hrv"), { message: /must have a column "hrv", got none; did you mean "HR"/ });
 * ```
 */
export function columnOf({ file, columns }: Table, name: string): number {
  const found = columns.flatMap((column, index) => folded(column) === folded(name) ? [index] : []);
  if (found.length === 1) return found[0];
  throw new SyntaxError(
    `${file}: Cannot read the table: it must have a column "${name}", got ${
      found.length > 1 ? "it twice" : undivided(columns) ?? `none${didYouMean(name, columns)}`
    }`,
  );
}

/** What a row of names is that is one cell because others divide it; undefined for another row. */
function undivided(columns: readonly string[]): string | undefined {
  if (columns.length !== 1) return undefined;
  const divider = Object.keys(DELIMITERS).find((each) => columns[0].includes(each));
  if (divider === undefined) return undefined;
  return `one column, ${JSON.stringify(columns[0])}; its cells seem to be divided by a ${
    DELIMITERS[divider]
  }`;
}

/** Whether there is a column of this name. */
export function hasColumn({ columns }: Table, name: string): boolean {
  return columns.some((column) => folded(column) === folded(name));
}

/**
 * A number of a row, or null where it is missing.
 *
 * Throws RangeError, with file and row, for a text that is no number and for a number outside the range.
 */
export function numberOf(
  table: Table,
  { row, column, from, to, missing = [] }: NumberCell & { row: TableRow; column: number },
): number | null {
  const text = row.cells[column] ?? "";
  if (isMissing(text) || missing.includes(text)) return null;
  const value = Number(text);
  if (value >= from && value <= to) return value;
  throw cellError(table, { row, column, must: `be a number from ${from} to ${to}` });
}

/** The error for a cell: `file: Cannot read row 12: "Stress" must be ..., got "x"`. */
export function cellError(
  { file, columns }: Table,
  { row, column, must }: { row: TableRow; column: number; must: string },
): RangeError {
  return new RangeError(
    `${file}: Cannot read row ${row.row}: "${columns[column]}" must ${must}, got ${
      JSON.stringify(row.cells[column] ?? "")
    }`,
  );
}

function folded(name: string): string {
  return name.toLowerCase().replaceAll(/[-_\s]/g, "");
}
