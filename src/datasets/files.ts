/**
 * The files of a dataset: finding them, reading them by range, and what identifies them.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join, relative } from "node:path";
import { type ByteSource, mustHold } from "../formats/bytes.ts";
import { byCodePoint } from "../formats/window_table.ts";

/** Whether there is a file, or a folder, of this path. */
export async function isThere(path: string, kind: "isFile" | "isDirectory"): Promise<boolean> {
  return await whatIs(path) === (kind === "isFile" ? FILE : FOLDER);
}

/** Throws RangeError, which says where relative paths start, unless the folder of a dataset is there; `what` as in `the WFDB database`. */
export async function requireFolder(
  folder: string,
  { what, dataFolder }: { what: string; dataFolder: string },
): Promise<void> {
  const found = await whatIs(folder);
  if (found === FOLDER) return;
  throw new RangeError(
    `${folder}: Cannot open ${what}: the folder must exist, got ${found}; relative paths start from the data folder, ` +
      `${dataFolder}, which is set by the environment variable EINTHOVEN_DATA or else is data/ beside deno.json`,
  );
}

/** Throws RangeError unless the file is there; `what` as in `the recording of pp1`. */
export async function requireFile(path: string, { what }: { what: string }): Promise<void> {
  const found = await whatIs(path);
  if (found === FILE) return;
  throw new RangeError(`${path}: Cannot read ${what}: the file must exist, got ${found}`);
}

/** Whether a file is there that need not be. Throws RangeError where something else has its name, which nobody means. */
export async function hasFile(path: string, { what }: { what: string }): Promise<boolean> {
  const found = await whatIs(path);
  if (found === FILE || found === NONE) return found === FILE;
  throw new RangeError(`${path}: Cannot read ${what}: it must be a file or not be there, got ${found}`);
}

/**
 * The paths of all files in a folder and the folders in it, with `/` and without the folder's own, in code-point order; hidden ones are
 * left out.
 *
 * Links are followed, for large data often lie elsewhere. Throws RangeError for one that leads to a folder that it lies in, and for what
 * has the name of a file that is `wanted` and is none: a link that leads nowhere, a folder in which there is no such file either.
 */
export async function filesIn(
  folder: string,
  { wanted = () => false }: { wanted?: (path: string) => boolean } = {},
): Promise<string[]> {
  const paths: string[] = [];
  const walk = async (inside: string, around: readonly string[]) => {
    const { dev, ino } = await Deno.stat(join(folder, inside)), here = `${dev}:${ino}`;
    if (ino !== null && around.includes(here)) {
      throw new RangeError(
        `${
          join(folder, inside)
        }: Cannot list the files: a link must not lead to a folder that it lies in, got one that does`,
      );
    }
    for await (const { name, isFile, isDirectory } of Deno.readDir(join(folder, inside))) {
      if (name.startsWith(".")) continue;
      const path = inside === "" ? name : `${inside}/${name}`, before = paths.length;
      const found = isFile ? FILE : isDirectory ? FOLDER : await whatIs(join(folder, path));
      if (found === FOLDER) await walk(path, [...around, here]);
      else paths.push(path);
      if (found === FILE || !wanted(path)) continue;
      // Some programs unpack each file into a folder of its name.
      if (found === FOLDER && paths.slice(before).some(wanted)) continue;
      throw new RangeError(
        `${join(folder, path)}: Cannot read the file: its name must be that of a file, got ${found}`,
      );
    }
  };
  await walk("", []);
  return paths.sort(byCodePoint);
}

/**
 * The names of the folders in a folder, in code-point order; hidden ones are left out.
 *
 * Throws RangeError for a link that leads nowhere, behind which there was a folder perhaps.
 */
export async function foldersIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isFile, isDirectory } of Deno.readDir(folder)) {
    if (name.startsWith(".") || isFile) continue;
    const path = join(folder, name), found = isDirectory ? FOLDER : await whatIs(path);
    if (found === FOLDER) names.push(name);
    else if (found === DEAD_LINK) {
      throw new RangeError(`${path}: Cannot open the folder: it must lead to one, got ${found}`);
    }
  }
  return names.sort(byCodePoint);
}

const FILE = "a file", FOLDER = "a folder", NONE = "none", DEAD_LINK = "a link that leads nowhere";

/** What has this path, as errors say it. */
async function whatIs(path: string): Promise<string> {
  const facts = await factsOf(Deno.stat(path));
  if (facts !== null) {
    return facts.isFile ? FILE : facts.isDirectory ? FOLDER : "what is neither file nor folder";
  }
  return await factsOf(Deno.lstat(path)) === null ? NONE : DEAD_LINK;
}

async function factsOf(asked: Promise<Deno.FileInfo>): Promise<Deno.FileInfo | null> {
  try {
    return await asked;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const { NotFound, NotADirectory, FilesystemLoop } = Deno.errors;
  return [NotFound, NotADirectory, FilesystemLoop].some((kind) => error instanceof kind);
}

/** SHA-256 of each file by its path in the folder, with `/`: what identifies a dataset that is read. */
export async function hashFiles(
  folder: string,
  paths: Iterable<string>,
): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const path of paths) hashes[relative(folder, path).replaceAll("\\", "/")] ??= await hashFile(path);
  return hashes;
}

/** SHA-256 of a file, which is read in parts. Throws RangeError, with the path, where it can't be opened. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256"), file = openToRead(path);
  for await (const chunk of file.readable) hash.update(chunk);
  return hash.digest("hex");
}

/** A file that is open for reading by range, until it is disposed. */
export interface OpenFile extends ByteSource, Disposable {}

/**
 * Opens a file whose bytes are read when they are asked for, so that memory does not grow with it.
 *
 * Throws RangeError, with the path, where it can't be opened. Its `read` throws RangeError beyond the end, also when the file has become
 * shorter since.
 */
export function openFile(path: string): OpenFile {
  const file = openToRead(path);
  // Asking for the facts of an open file is refused where a link leads out of the folder that a stage may read; seeking is not.
  const size = file.seekSync(0, Deno.SeekMode.End);
  return {
    file: path,
    size,
    read(offset, length) {
      mustHold({ file: path, size }, { offset, length });
      const bytes = new Uint8Array(length);
      file.seekSync(offset, Deno.SeekMode.Start);
      for (let filled = 0; filled < length;) {
        const count = file.readSync(bytes.subarray(filled));
        if (count === null) {
          throw new RangeError(
            `${path}: Cannot read byte ${
              offset + filled
            }: the file must hold ${size} bytes still, got its end`,
          );
        }
        filled += count;
      }
      return bytes;
    },
    [Symbol.dispose]() {
      file.close();
    },
  };
}

function openToRead(path: string): Deno.FsFile {
  let file: Deno.FsFile | undefined;
  try {
    file = Deno.openSync(path);
    // A folder opens as a file does, and can't be read.
    file.readSync(new Uint8Array(1));
    file.seekSync(0, Deno.SeekMode.Start);
    return file;
  } catch (error) {
    file?.close();
    if (!(error instanceof Error)) throw error;
    throw new RangeError(
      `${path}: Cannot read the file: it must be there and readable, got${said(error)}`,
      { cause: error },
    );
  }
}

function said(error: Error): string {
  if (error instanceof Deno.errors.IsADirectory) return " a folder";
  return isMissing(error) ? " none, or a link that leads nowhere" : `: ${error.message}`;
}
