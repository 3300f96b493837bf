/**
 * The head of a POPANE file: lines `#key,value`, then the names of the columns.
 *
 * @module
 */
import type { ByteSource } from "../../formats/bytes.ts";
import { linesOf } from "../../formats/lines.ts";
import { namesIn, type NumberTable } from "../../formats/number_table.ts";

/** What stands above the numbers. */
export interface PopaneHeader {
  /** The lines `#key,value`, keys without `#`; a value can hold commas. */
  readonly fields: Readonly<Record<string, string>>;
  /** Names of columns, which differ by study. */
  readonly columns: readonly string[];
  /** The numbers below those names: from line 13 on, as a rule. */
  readonly table: NumberTable;
}

/** More lines than a head has in any study. */
const MOST_LINES = 100;

/** Reads the head. Throws SyntaxError, with the file, where no line names columns below the lines `#key,value`. */
export function readHeader(source: ByteSource): PopaneHeader {
  const fields: [string, string][] = [];
  for (const { line, next, bytes } of linesOf(source)) {
    if (line > MOST_LINES) break;
    const text = new TextDecoder().decode(bytes).trim();
    if (text === "") continue;
    if (!text.startsWith("#")) {
      if (fields.length === 0) break;
      const columns = namesIn(bytes, ","), cells = columns.length;
      const table = { separator: ",", cells, offset: next, line: line + 1 } as const;
      return { fields: Object.fromEntries(fields), columns, table };
    }
    const comma = text.indexOf(",");
    fields.push([
      text.slice(1, comma === -1 ? undefined : comma).trim(),
      comma === -1 ? "" : text.slice(comma + 1).trim(),
    ]);
  }
  throw new SyntaxError(
    `${source.file}: Cannot read the POPANE file: it must begin with lines as in #Study_name,Study_1 and then name columns, ` +
      `got ${fields.length} such lines`,
  );
}

/** The position of a column, or -1; upper and lower case don't matter. */
export function positionOf(name: string, { columns }: PopaneHeader): number {
  return columns.findIndex((column) => column.toLowerCase() === name.toLowerCase());
}
