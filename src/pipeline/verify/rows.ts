/**
 * Rows of some cells in a table of a run, compared with what would be written now.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { readCsv } from "../../formats/csv.ts";
import { sha256 } from "../../manifest/canonical.ts";
import { differingPaths } from "./explain.ts";

/** The rows of one cell, or the header, that are not what would be written now. */
export interface RowDifference {
  /** Undefined for the header. */
  readonly cell: string | undefined;
  /** SHA-256 of the rows in the file; null where it has none. */
  readonly written: string | null;
  readonly again: string;
  /** The first line that differs, and how. */
  readonly detail: string;
}

/** What a table should hold of some cells. */
export interface ExpectedRows {
  /** The first line, with its end. */
  readonly header: string;
  /** The rows of each cell, in the order in which cells stand there; made when they are wanted. */
  readonly rowsOf: ReadonlyMap<string, () => string>;
}

/** The rows of a cell that is being compared. */
interface Comparison {
  /** Rows that the file has yet to show, first one last. */
  readonly expected: string[];
  readonly again: string;
  readonly hash: ReturnType<typeof createHash>;
  rows: number;
  detail: string;
}

/**
 * Compares a table, which is read once and in pieces; rows of other cells are passed over.
 *
 * The first column of the table is the cell's name. A file that is not there differs in everything.
 */
export async function compareRows(path: string, { header, rowsOf }: ExpectedRows): Promise<RowDifference[]> {
  const found: RowDifference[] = [], begun = new Map<string, Comparison>();
  const places = new Map([...rowsOf.keys()].map((cell, place) => [cell, place]));
  let isFirst = true, place = -1;
  for await (const { text, line } of recordsOf(path)) {
    if (isFirst) {
      isFirst = false;
      if (text === header) continue;
      found.push({
        cell: undefined,
        written: sha256(text),
        again: sha256(header),
        detail: `line 1 is ${show(text)}`,
      });
      continue;
    }
    const name = firstField(text), rows = rowsOf.get(name);
    if (rows === undefined) continue;
    const comparison = begun.get(name) ?? begin(rows());
    begun.set(name, comparison);
    comparison.hash.update(text);
    comparison.rows++;
    const expected = comparison.expected.pop(), before = place;
    place = places.get(name) ?? place;
    if (comparison.detail !== "") continue;
    if (text !== expected) comparison.detail = `line ${line}: ${describe(header, { text, expected })}`;
    else if (place < before) comparison.detail = `line ${line} stands behind that of a later cell`;
  }
  for (const [cell, rows] of rowsOf) {
    const comparison = begun.get(cell);
    if (comparison === undefined) {
      const again = rows();
      if (again !== "") {
        found.push({ cell, written: null, again: sha256(again), detail: "no row of the cell is there" });
      }
      continue;
    }
    const { detail, expected, again, hash } = comparison;
    if (detail === "" && expected.length === 0) continue;
    found.push({
      cell,
      written: hash.digest("hex"),
      again,
      detail: detail === ""
        ? `rows are missing: ${comparison.rows}, computed again ${comparison.rows + expected.length}`
        : detail,
    });
  }
  return found;
}

function begin(text: string): Comparison {
  const split = recordSplitter();
  const expected = [...split.push(text), ...split.end()].map((record) => record.text).reverse();
  return { expected, again: sha256(text), hash: createHash("sha256"), rows: 0, detail: "" };
}

/** Names the columns that differ. */
function describe(
  header: string,
  { text, expected }: { text: string; expected: string | undefined },
): string {
  if (expected === undefined) return "a row more than computed again";
  const [[is], [again]] = [text, expected].map((row) => rowsIn(header + row));
  if (is === undefined) return `no row of this table: ${show(text)}`;
  const columns = differingPaths(is, again).map(([column]) => String(column));
  if (columns.length === 0) return `written in another way: ${show(text)}`;
  return columns.map((column) => `${column} is ${show(is[column])}, computed again ${show(again[column])}`)
    .join("; ");
}

/** The rows of a table; none where it is none, as after a hand's work. */
function rowsIn(text: string): Record<string, string>[] {
  try {
    return readCsv(text);
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

const SHOWN = 80;

function show(text: string): string {
  const line = JSON.stringify(text.trimEnd());
  return line.length <= SHOWN ? line : `${line.slice(0, SHOWN)}...`;
}

/** The first field of a record, without its quotes. */
export function firstField(record: string): string {
  if (!record.startsWith('"')) return record.slice(0, record.search(/[,\n]|$/));
  const [, inner] = /^"((?:[^"]|"")*)"/.exec(record) ?? [record, record];
  return inner.replaceAll('""', '"');
}

/** A record of a CSV file with the end of its line, and the line on which it begins, from 1. */
interface CsvRecord {
  readonly text: string;
  readonly line: number;
}

async function* recordsOf(path: string): AsyncGenerator<CsvRecord> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  const split = recordSplitter();
  // A mark of the byte order would be a difference too.
  const decoder = new TextDecoderStream("utf-8", { ignoreBOM: true });
  for await (const text of file.readable.pipeThrough(decoder)) yield* split.push(text);
  yield* split.end();
}

/** Cuts text into records, which end where a line does outside of quotes. */
export function recordSplitter(): { push(text: string): CsvRecord[]; end(): CsvRecord[] } {
  let rest = "", record = "", isQuoted = false, line = 1, start = 1;
  return {
    push(text) {
      const records: CsvRecord[] = [], lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const piece of lines) {
        record += piece + "\n";
        line++;
        if (piece.split('"').length % 2 === 0) isQuoted = !isQuoted;
        if (isQuoted) continue;
        records.push({ text: record, line: start });
        record = "";
        start = line;
      }
      return records;
    },
    end: () => record + rest === "" ? [] : [{ text: record + rest, line: start }],
  };
}
