/**
 * The data that a person names: folders and records of databases, and files of windows.
 *
 * @module
 */
import { basename, dirname, resolve } from "node:path";
import { isWindowFile } from "./window_files.ts";

/** One piece of the data. */
export type DataPlace =
  | { readonly kind: "file"; readonly path: string }
  | {
    readonly kind: "folder";
    readonly path: string;
    /** The records that are meant; null for all. */
    readonly records: readonly string[] | null;
  };

/** What a person may say for a record beside its name. */
const RECORD_FILE = /\.(hea|dat|atr)$/;

/**
 * Finds the data, in the first of `folders` that holds each; records of one folder come together.
 *
 * Throws RangeError for what is not there, what is no data, and what is named alike or twice.
 */
export async function findData(
  given: readonly string[],
  { folders }: { folders: readonly string[] },
): Promise<DataPlace[]> {
  const places: DataPlace[] = [];
  for (const name of given) {
    const place = await findOne(name, folders);
    const before = places.findIndex(({ path }) => path === place.path), same = places[before];
    if (
      same?.kind === "folder" && same.records !== null && place.kind === "folder" && place.records !== null
    ) {
      places[before] = { ...same, records: [...new Set([...same.records, ...place.records])] };
    } else places.push(place);
  }
  for (const [name, alike] of Map.groupBy(places, ({ path }) => basename(path))) {
    if (alike.length > 1) {
      throw new RangeError(
        `Cannot evaluate on several data of one name: their names must differ to tell windows apart, got ${
          alike.map(({ path }) => path).join(" and ")
        } for ${name}`,
      );
    }
  }
  return places;
}

async function findOne(name: string, folders: readonly string[]): Promise<DataPlace> {
  const paths = [...new Set(folders.map((folder) => resolve(folder, name)))];
  for (const path of paths) {
    const found = await stat(path);
    if (found?.isDirectory) return { kind: "folder", path, records: null };
    if (found?.isFile && isWindowFile(path)) return { kind: "file", path };
    const record = path.replace(RECORD_FILE, "");
    if ((await stat(`${record}.hea`))?.isFile) {
      return { kind: "folder", path: dirname(record), records: [basename(record)] };
    }
    if (found !== undefined) {
      throw new RangeError(
        `${path}: Cannot evaluate on it: data must be a folder or a record of a WFDB database, or windows in .npy or .csv, got another file`,
      );
    }
  }
  throw new RangeError(
    `${name}: Cannot find the data: a folder, a record or a file must be there, got none at ${
      paths.join(" or ")
    }`,
  );
}

async function stat(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  }
}
