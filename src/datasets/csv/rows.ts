/**
 * The rows of a CSV file of samples, one after another.
 *
 * @module
 */
import type { ByteSource } from "../../formats/bytes.ts";
import { linesOf } from "../../formats/lines.ts";
import { refuseNoText } from "../../formats/table/delimited.ts";
import { columnOf, isMissing, type Table, type TableRow } from "../../formats/table/table.ts";

/** A CSV file whose names have been read. */
export interface CsvRows {
  /** The names, with the file. */
  readonly table: Table;
  /** The rows, read as they are asked for; lines without any text are passed over. */
  readonly rows: Iterable<TableRow>;
}

/**
 * Opens a CSV file whose first line names its columns. Cells are numbers or short texts: without quotation marks over line breaks.
 *
 * Throws SyntaxError, with the file, for one without a line, and as its rows are read, with the row, for another number of cells and for a line of more
 * than 2^20 bytes.
 */
export function csvRows(source: ByteSource, { delimiter }: { delimiter: string }): CsvRows {
  const lines = linesOf(source), first = lines.next(), decoder = new TextDecoder();
  if (first.done) {
    throw new SyntaxError(`${source.file}: Cannot read the table: it must have a row of names, got no row`);
  }
  const names = decoder.decode(first.value.bytes);
  refuseNoText(names, { file: source.file });
  const columns = cellsOf(names, delimiter);
  function* rows(): Generator<TableRow, void, undefined> {
    for (const { line: row, bytes } of lines) {
      const text = decoder.decode(bytes);
      if (text.trim() === "") continue;
      const cells = cellsOf(text, delimiter);
      if (cells.length !== columns.length) {
        throw new SyntaxError(
          `${source.file}: Cannot read row ${row}: it must have ${columns.length} cells, got ${cells.length}`,
        );
      }
      yield { row, cells };
    }
  }
  return { table: { file: source.file, columns, rows: [] }, rows: rows() };
}

/** A sample: a number, or NaN where it is missing. Throws RangeError, with file and row, for a text that is none. */
export function sampleOf(table: Table, { row, column }: { row: TableRow; column: number }): number {
  const text = row.cells[column];
  if (isMissing(text)) return NaN;
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw new RangeError(
    `${table.file}: Cannot read row ${row.row}: "${table.columns[column]}" must be a number, got ${
      JSON.stringify(text)
    }${/^[-+]?\d*,\d+$/.test(text) ? "; the decimal sign must be a point" : ""}`,
  );
}

/** The positions of columns by their names, under the same keys. */
export function columnsOf<Key extends string>(
  table: Table,
  names: Readonly<Partial<Record<Key, string>>>,
): ReadonlyMap<Key, number> {
  const entries = Object.entries(names) as [Key, string | undefined][];
  return new Map(
    entries.flatMap(([key, name]) => name === undefined ? [] : [[key, columnOf(table, name)] as const]),
  );
}

function cellsOf(line: string, delimiter: string): string[] {
  const cells = line.includes('"') ? quotedCells(line, delimiter) : line.split(delimiter);
  return cells.map((cell) => cell.trim().replace(/^"(.*)"$/, "$1").replaceAll('""', '"'));
}

/** The cells of a line, some between quotation marks, in which nothing divides; the marks stay. */
function quotedCells(line: string, delimiter: string): string[] {
  const cells = [""];
  // Every other part lies between quotation marks.
  for (const [index, part] of line.split('"').entries()) {
    if (index > 0) cells[cells.length - 1] += '"';
    if (index % 2 === 1) {
      cells[cells.length - 1] += part;
      continue;
    }
    const [end, ...others] = part.split(delimiter);
    cells[cells.length - 1] += end;
    cells.push(...others);
  }
  return cells;
}
