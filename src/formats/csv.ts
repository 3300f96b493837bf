/**
 * CSV with a header line: text to rows and back, always with `\n` and in the given order of columns.
 *
 * @module
 */
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";

/** What a cell may hold; null and undefined are written as nothing. */
export type CsvValue = string | number | boolean | null | undefined;

/**
 * Reads CSV text into one object a row; every value is text, a missing one is "".
 *
 * Throws SyntaxError that names the line when the text is not CSV.
 */
export function readCsv(text: string): Record<string, string>[] {
  try {
    return parse(text, { columns: true, skip_empty_lines: true, bom: true });
  } catch (error) {
    throw new SyntaxError(`Cannot read CSV: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Writes rows as CSV text. Numbers are written so that reading gives the same double.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(writeCsv(["arm", "score"], [{ arm: "frozen", score: 0.5 }]), "arm,score\nfrozen,0.5\n");
 * ```
 */
export function writeCsv(columns: readonly string[], rows: Iterable<Record<string, CsvValue>>): string {
  return stringify([...rows].map((row) => columns.map((column) => row[column] ?? "")), {
    header: true,
    columns: [...columns],
    cast: { boolean: String, number: String },
  });
}
