/**
 * The files of a dataset of Mendeley Data, whose public interface lists its folders, and the files of one folder at a time.
 *
 * @module
 */
import { z } from "zod";
import { type Ask, type Origin, parsed } from "./answer.ts";
import type { ListedFile } from "./listed_file.ts";

/** A folder of a dataset. */
export interface MendeleyFolder {
  readonly id: string;
  /** Where it lies, seen from the dataset's folder, with `/`; empty for that folder itself. */
  readonly path: string;
}

/** The first folder, which no list of folders has. */
const ROOT: MendeleyFolder = { id: "root", path: "" };
/** Files that are asked for at a time, as the page of a dataset does. */
const PAGE = 1000;
const MOST_FILES = 1e6;

const mendeleyFolders = z.array(z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  "parent_id": z.string().nullish(),
}));

/**
 * Reads what Mendeley Data's public interface says of a dataset's folders (`/public-api/datasets/<id>/folders/<version>`), in its
 * order: a folder without a parent lies in the first.
 *
 * Throws SyntaxError, which begins with the list's address, for what is no such list, a parent that isn't in it, and a folder that
 * lies in itself.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const folders = [{ id: "1", name: "Raw Data" }, { id: "2", name: "ECG", "parent_id": "1" }];
 * const [, inner] = readMendeleyFolders(JSON.stringify(folders), { list: "https://host/folders/4" });
 * assert.deepEqual(inner, { id: "2", path: "Raw Data/ECG" });
 * ```
 */
export function readMendeleyFolders(text: string, { list }: Origin): MendeleyFolder[] {
  const folders = parsed(text, { list, schema: mendeleyFolders, what: "Mendeley's folders of a dataset" });
  const byId = new Map(folders.map((folder) => [folder.id, folder]));
  return folders.map(({ id, name, parent_id: parentId }) => {
    const names = [name], inside = new Set([id]);
    for (let outer = parentId; outer;) {
      const folder = byId.get(outer);
      const refuse = (must: string, got: string) => {
        throw new SyntaxError(`${list}: Cannot read the list: ${must}, got ${JSON.stringify(got)}`);
      };
      if (folder === undefined) {
        return refuse(`the folder in which ${JSON.stringify(name)} lies must be in it`, outer);
      }
      if (inside.has(outer)) return refuse("a folder must not lie in itself", name);
      inside.add(outer);
      names.unshift(folder.name);
      outer = folder.parent_id;
    }
    return { id, path: names.join("/") };
  });
}

const mendeleyFiles = z.array(z.object({
  filename: z.string(),
  content_details: z.object({
    sha256_hash: z.string().regex(/^[0-9a-f]{64}$/i),
    size: z.int().min(0),
    download_url: z.url(),
  }),
}));

/**
 * Reads what Mendeley Data's public interface says of the files in one folder
 * (`/public-api/datasets/<id>/files?folder_id=<folder>&version=<n>`): name, size, address and SHA-256.
 *
 * Throws SyntaxError, which begins with the list's address, for what is no such list.
 */
export function readMendeleyFiles(
  text: string,
  { list, folder }: Origin & { folder: MendeleyFolder },
): ListedFile[] {
  const files = parsed(text, { list, schema: mendeleyFiles, what: "Mendeley's files of a folder" });
  return files.map(({ filename, content_details: { sha256_hash: hash, size, download_url: url } }) => ({
    path: folder.path === "" ? filename : `${folder.path}/${filename}`,
    url,
    bytes: size,
    checksum: { algorithm: "sha256", hex: hash.toLowerCase() },
  }));
}

/**
 * The files in all folders of a dataset; `list` is the address of its folders, `.../datasets/<id>/folders/<version>`.
 *
 * A folder's files come in pages, until one brings none that is new: no answer says how many there are. Throws as the readers of
 * folders and files do, and RangeError for more than a million files.
 *
 * Source: public code that reads this interface; not verified on answers of the server.
 */
export async function listMendeley(list: string, ask: Ask): Promise<ListedFile[]> {
  const files: ListedFile[] = [];
  for (const folder of [ROOT, ...readMendeleyFolders(await ask(list), { list })]) {
    const known = new Set<string>();
    for (let start = 0;;) {
      const url = pageOf(folder, { list, start });
      const page = readMendeleyFiles(await ask(url), { list: url, folder });
      const fresh = page.filter((file) => !known.has(keyOf(file)));
      if (fresh.length === 0) break;
      for (const file of fresh) {
        known.add(keyOf(file));
        files.push(file);
      }
      start += page.length;
      if (files.length > MOST_FILES) {
        throw new RangeError(
          `${list}: Cannot read the list: it must name at most ${MOST_FILES} files, got more`,
        );
      }
    }
  }
  return files;
}

function pageOf({ id }: MendeleyFolder, { list, start }: Origin & { start: number }): string {
  const url = new URL("../files", list), version = new URL(list).pathname.split("/").at(-1) ?? "";
  const query = { "folder_id": id, version, $start: String(start), $limit: String(PAGE) };
  url.search = new URLSearchParams(query).toString();
  return url.href;
}

function keyOf({ path, checksum: { hex } }: ListedFile): string {
  return `${hex} ${path}`;
}
