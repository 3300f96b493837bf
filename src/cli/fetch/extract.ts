/**
 * Unpacking an archive that was downloaded.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import { Inflate } from "fflate";
import { isThere, openFile } from "../../datasets/files.ts";
import { PART } from "../../fetch/listed_file.ts";
import { dataOffset, zipEntries, type ZipEntry } from "../../fetch/zip.ts";
import type { ByteSource } from "../../formats/bytes.ts";

/** Bytes read at a time, which inflate to 64 MiB at most. */
const STEP = 65_536;

/**
 * Unpacks a ZIP archive into a folder; gives how many files were written.
 *
 * A file that is there is left as it is, unless `force` says to write it again; a file appears under its name when it is whole and its
 * CRC-32 right. The whole directory is looked at before anything is written. Throws as `zipEntries` does, and RangeError for a
 * file that is not what the directory says.
 */
export async function extract(
  archive: string,
  { folder, force, signal }: { folder: string; force: boolean; signal: AbortSignal },
): Promise<number> {
  using source = openFile(archive);
  let written = 0;
  for (const entry of zipEntries(source)) {
    signal.throwIfAborted();
    const target = join(folder, entry.path);
    if (!force && await isThere(target, "isFile")) continue;
    await Deno.mkdir(dirname(target), { recursive: true });
    unpack(source, { entry, part: target + PART });
    await Deno.rename(target + PART, target);
    written++;
  }
  return written;
}

function unpack(source: ByteSource, { entry, part }: { entry: ZipEntry; part: string }): void {
  using output = Deno.openSync(part, { create: true, write: true, truncate: true });
  const problem = (must: string, got: number) =>
    new RangeError(`${source.file}: Cannot unpack ${entry.path}: ${must}, got ${got}`);
  let bytes = 0, checksum = 0;
  const write = (chunk: Uint8Array) => {
    bytes += chunk.length;
    if (bytes > entry.bytes) {
      throw problem(`it must hold the ${entry.bytes} bytes that the directory says`, bytes);
    }
    checksum = crc32(chunk, checksum);
    for (let done = 0; done < chunk.length;) done += output.writeSync(chunk.subarray(done));
  };
  const inflate = new Inflate(write);
  const start = dataOffset(source, entry);
  try {
    for (let at = 0; at < entry.packedBytes; at += STEP) {
      const chunk = source.read(start + at, Math.min(STEP, entry.packedBytes - at));
      if (entry.method === "stored") write(chunk);
      else inflate.push(chunk, at + STEP >= entry.packedBytes);
    }
  } catch (error) {
    Deno.removeSync(part);
    if (error instanceof RangeError || !(error instanceof Error)) throw error;
    throw new SyntaxError(
      `${source.file}: Cannot unpack ${entry.path}: it must be deflated, got: ${error.message}`,
      {
        cause: error,
      },
    );
  }
  if (bytes === entry.bytes && checksum === entry.crc32) return;
  Deno.removeSync(part);
  if (bytes !== entry.bytes) {
    throw problem(`it must hold the ${entry.bytes} bytes that the directory says`, bytes);
  }
  throw problem(`its CRC-32 must be ${entry.crc32}`, checksum);
}
