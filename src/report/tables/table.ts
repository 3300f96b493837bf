/**
 * What a table is, however it is written; and its numbers as CSV.
 *
 * @module
 */
import { type CsvValue, writeCsv } from "../../formats/csv.ts";

/** What a reader sees in one place of a table. */
export interface TableCell {
  /** What is printed. */
  readonly text: string;
  /** Smaller, after the text: an interval. */
  readonly detail?: string;
  /** Daggers that the table's notes explain. */
  readonly marks?: string;
}

/** A column as it is printed. */
export interface TableColumn {
  /** The head of the column. */
  readonly head: string;
  /** Words to the left, numbers to the right. */
  readonly align: "left" | "right";
}

/** One row as it is printed; the first cell names it. */
export interface TableRow {
  /** One cell for each column. */
  readonly cells: readonly TableCell[];
  /** True where a new group of rows begins. */
  readonly startsGroup: boolean;
}

/** A table as it is printed. */
export interface PrintedTable {
  /** The name of its files, without an ending, and of its place on the page. */
  readonly name: string;
  /** What the numbers are. */
  readonly caption: string;
  /** The columns, from the left. */
  readonly columns: readonly TableColumn[];
  /** The rows, from the top. */
  readonly rows: readonly TableRow[];
  /** Sentences below the table. */
  readonly notes: readonly string[];
}

/** A table that is printed and written to files. */
export interface Table extends PrintedTable {
  /** The same numbers unrounded, for programs. */
  readonly data: { readonly columns: readonly string[]; readonly rows: readonly Record<string, CsvValue>[] };
}

/** A cell of text alone. */
export function cell(text: string): TableCell {
  return { text };
}

/** Columns of text, with their heads. */
export function textColumns(...heads: readonly string[]): TableColumn[] {
  return heads.map((head) => ({ head, align: "left" }));
}

/** Columns of numbers, with their heads. */
export function numberColumns(...heads: readonly string[]): TableColumn[] {
  return heads.map((head) => ({ head, align: "right" }));
}

/** Marks the rows at which the value of `group` changes, the first one aside. */
export function groupRows(
  rows: readonly { readonly group: string; readonly cells: readonly TableCell[] }[],
): TableRow[] {
  return rows.map(({ group, cells }, index) => ({
    cells,
    startsGroup: index > 0 && rows[index - 1].group !== group,
  }));
}

/** The table's numbers as CSV, unrounded; an allowed `leak` is a column of its own. */
export function tableCsv({ data }: Pick<Table, "data">, { leak }: { leak: string }): string {
  if (leak === "") return writeCsv(data.columns, data.rows);
  return writeCsv([...data.columns, "leak"], data.rows.map((row) => ({ ...row, leak })));
}
