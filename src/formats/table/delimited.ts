/**
 * Tables as text, their cells divided by commas, semicolons or tabs.
 *
 * @module
 */
import { parse } from "csv-parse/sync";
import type { Table } from "./table.ts";

/**
 * Reads a table from text, with or without quotation marks and a byte order mark; empty lines are passed over.
 *
 * Rows are numbered by line. Throws SyntaxError, with file and line, for a text without any row and for quotation marks that
 * aren't closed; rows may be shorter than the names.
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
