/**
 * Tables as text, their cells divided by commas, semicolons or tabs.
 *
 * @module
 */
import { parse } from "csv-parse/sync";
import type { Table } from "./table.ts";

/** Characters in which UTF-16 shows: the names of columns are Latin in part at least. */
const LOOKED_AT = 64;

/**
 * Reads a table from text, with or without quotation marks and a byte order mark; empty lines are passed over.
 *
 * Rows are numbered by line. Throws SyntaxError, with file and line, for a text without any row, for quotation marks that
 * aren't closed, and as {@link refuseNoText} does; rows may be shorter than the names.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const table = readDelimited('PP\tStress\n\n"PP1"\t 3 \n', { file: "a.tab", delimiter: "\t" });
 * assert.deepEqual(table.rows, [{ row: 3, cells: ["PP1", "3"] }]);
 * ```
 */
export function readDelimited(
  text: string,
  { file, delimiter }: { file: string; delimiter: "," | ";" | "\t" },
): Table {
  refuseNoText(text, { file });
  const lines: { record: string[]; line: number }[] = [];
  try {
    parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record(record: string[], { lines: line }: { lines: number }) {
        lines.push({ record, line });
        return null;
      },
    });
  } catch (error) {
    throw new SyntaxError(`${file}: Cannot read the table: ${(error as Error).message}`, { cause: error });
  }
  const [names, ...rows] = lines;
  if (names === undefined) {
    throw new SyntaxError(`${file}: Cannot read the table: it must have a row of names, got no row`);
  }
  return {
    file,
    columns: names.record,
    rows: rows.map(({ record, line }) => ({ row: line, cells: record })),
  };
}

/**
 * Refuses what a spreadsheet saves in place of text, told by how it begins after it was read as UTF-8.
 *
 * Throws SyntaxError, with the file, for a workbook and for UTF-16, which spreadsheets call Unicode text.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.throws(() => refuseNoText("PK\u0003\u0004", { file: "a.csv" }), { name: "SyntaxError" });
 * ```
 */
export function refuseNoText(text: string, { file }: { file: string }): void {
  const got = text.startsWith("PK\u0003\u0004")
    ? "a workbook of a spreadsheet, which can save it as CSV"
    : text.slice(0, LOOKED_AT).includes("\0")
    ? "another encoding, as in UTF-16"
    : null;
  if (got === null) return;
  throw new SyntaxError(`${file}: Cannot read the table: it must be text in UTF-8, got ${got}`);
}
