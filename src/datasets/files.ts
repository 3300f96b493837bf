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
  try {
    return (await Deno.stat(path))[kind];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}

/** Throws RangeError, which says where relative paths start, unless the folder of a dataset is there; `what` as in `the WFDB database`. */
export async function requireFolder(
  folder: string,
  { what, dataFolder }: { what: string; dataFolder: string },
): Promise<void> {
  if (await isThere(folder, "isDirectory")) return;
  throw new RangeError(
    `${folder}: Cannot open ${what}: the folder must exist, got none; relative paths start from the data folder, ` +
      `${dataFolder}, which is set by the environment variable EINTHOVEN_DATA or else is data/ beside deno.json`,
  );
}

/** Throws RangeError unless the file is there; `what` as in `the recording of pp1`. */
export async function requireFile(path: string, { what }: { what: string }): Promise<void> {
  if (await isThere(path, "isFile")) return;
  throw new RangeError(`${path}: Cannot read ${what}: the file must exist, got none`);
}

/**
 * The paths of all files in a folder and the folders in it, with `/` and without the folder's own, in code-point order; hidden ones are
 * left out.
 *
 * Links are followed, for large data often lie elsewhere. Throws RangeError for one that leads to a folder that it lies in.
 */
export async function filesIn(folder: string): Promise<string[]> {
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
    for await (const { name, isDirectory, isSymlink } of Deno.readDir(join(folder, inside))) {
      if (name.startsWith(".")) continue;
      const path = inside === "" ? name : `${inside}/${name}`;
      const isFolder = isDirectory || isSymlink && await isThere(join(folder, path), "isDirectory");
      if (isFolder) await walk(path, [...around, here]);
      else paths.push(path);
    }
  };
  await walk("", []);
  return paths.sort(byCodePoint);
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
  try {
    return Deno.openSync(path);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new RangeError(
      `${path}: Cannot read the file: it must be there and readable, got: ${error.message}`,
      { cause: error },
    );
  }
}
