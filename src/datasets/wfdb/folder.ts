/**
 * Finding the records in the folder of a WFDB database.
 *
 * @module
 */
import { basename, dirname, join, posix } from "node:path";
import { byCodePoint } from "../../formats/window_table.ts";
import { filesIn, hasFile, requireFolder } from "../files.ts";

/** A record's place. */
export interface FoundRecord {
  /** The name without folders, as in `00001_hr`. */
  readonly name: string;
  /** The folder in the database that it lies in, `.` for the database's own. */
  readonly folder: string;
  /** The path of its header. */
  readonly header: string;
}

/**
 * The records that the file `RECORDS` lists or, without one, all headers in the folder and the folders in it, by name in
 * code-point order. Headers of segments that another header is put together from are no records.
 *
 * Throws RangeError when the folder doesn't exist, holds no record, or holds two of one name.
 */
export async function findRecords(
  folder: string,
  { dataFolder }: { dataFolder: string },
): Promise<FoundRecord[]> {
  await requireFolder(folder, { what: "the WFDB database", dataFolder });
  const list = join(folder, "RECORDS");
  const paths = await hasFile(list, { what: "the list of records" })
    ? await listed(list)
    : await headersIn(folder);
  if (paths.length === 0) {
    throw new RangeError(
      `${folder}: Cannot open the WFDB database: it must hold a RECORDS file that lists records, or .hea files, got none`,
    );
  }
  const found = new Map<string, FoundRecord>();
  for (const path of paths) {
    const name = basename(path), twin = found.get(name), header = join(folder, `${path}.hea`);
    if (twin !== undefined) {
      throw new RangeError(
        `${folder}: Cannot open the WFDB database: the names of its records must differ, got ${name} for ${twin.header} and ${header}`,
      );
    }
    found.set(name, { name, folder: dirname(path), header });
  }
  return [...found.values()].toSorted((left, right) => byCodePoint(left.name, right.name));
}

async function listed(path: string): Promise<string[]> {
  return (await Deno.readTextFile(path)).split(/\r?\n/).map((line) => line.trim()).filter((line) =>
    line !== ""
  );
}

async function headersIn(folder: string): Promise<string[]> {
  const isHeader = (path: string) => path.endsWith(".hea"), segments = new Set<string>();
  const headers = (await filesIn(folder, { wanted: isHeader })).filter(isHeader);
  for (const path of headers) {
    for (const segment of await segmentsIn(join(folder, path))) {
      segments.add(posix.join(dirname(path), segment));
    }
  }
  return headers.map((path) => path.slice(0, -".hea".length)).filter((path) => !segments.has(path));
}

/** The names of the segments that a header lists; nothing is expected of headers, which may be of records that are left out. */
async function segmentsIn(header: string): Promise<string[]> {
  const lines = (await Deno.readTextFile(header)).split(/\r?\n/).map((line) => line.trim());
  const [first = "", ...rest] = lines.filter((line) => line !== "" && !line.startsWith("#"));
  if (!/^[^\s/]+\/\d+(\s|$)/.test(first)) return [];
  return rest.map((line) => line.split(/\s+/)[0]).filter((name) => name !== "~");
}
