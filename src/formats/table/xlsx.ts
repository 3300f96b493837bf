/**
 * Tables in a sheet of an Excel workbook (`.xlsx`).
 *
 * @module
 */
import { unzipSync, zipSync } from "fflate";
import { readSheet } from "read-excel-file/universal";
import type { Table } from "./table.ts";

/** The most that a workbook's parts may unpack to, in bytes: some eight times what SWELL-KW's has. */
const MOST_BYTES = 256 * 2 ** 20;
/** Bytes that deflate can make of one. */
const MOST_PACKED = 1032;

/**
 * Reads a table from a sheet by its name, or from the first sheet.
 *
 * Numbers become the shortest text that is the same number, dates ISO 8601; formulas have the value that was saved with them. Empty
 * rows are passed over. Throws SyntaxError, with the file, for bytes that are no workbook, a sheet that isn't there, and one without
 * any row; RangeError for one that would unpack to more than 256 MiB.
 */
export async function readXlsx(
  bytes: Uint8Array,
  { file, sheet }: { file: string; sheet?: string },
): Promise<Table> {
  const cells = await readCells(bytes, { file, sheet });
  const rows = cells.flatMap((row, index) => {
    const texts = row.map(textOf);
    return texts.every((text) => text === "") ? [] : [{ row: index + 1, cells: texts }];
  });
  const [names, ...others] = rows;
  if (names === undefined) {
    throw new SyntaxError(
      `${file}: Cannot read the workbook: its sheet must have a row of names, got no row`,
    );
  }
  return { file, columns: names.cells, rows: others };
}

async function readCells(
  bytes: Uint8Array,
  { file, sheet }: { file: string; sheet?: string },
): Promise<readonly (readonly unknown[])[]> {
  try {
    return await readSheet(unpacked(bytes, file), sheet ?? 1);
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof RangeError && message.startsWith(file)) throw error;
    throw new SyntaxError(
      `${file}: Cannot read the workbook: it must be .xlsx${
        sheet === undefined ? "" : ` with a sheet ${sheet}`
      }, got ${message}`,
      { cause: error },
    );
  }
}

/**
 * The workbook with its parts stored as they are. The reader believes the sizes that an archive tells and unpacks large parts in
 * threads of its own; here they are checked first, and unpacked in this one.
 */
function unpacked(bytes: Uint8Array, file: string): ArrayBuffer {
  let total = 0;
  const parts = unzipSync(bytes, {
    filter({ name, size, originalSize }) {
      total += originalSize;
      if (total <= MOST_BYTES && originalSize <= MOST_PACKED * (size + 1)) return /\.(xml|rels)$/.test(name);
      throw new RangeError(
        `${file}: Cannot read the workbook: its parts must unpack to at most ${MOST_BYTES} bytes, got ${originalSize} from ${size} in ${name}`,
      );
    },
  });
  return zipSync(parts, { level: 0, mtime: new Date(2020, 0, 1) }).buffer;
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  return cell instanceof Date ? cell.toISOString() : String(cell).trim();
}
