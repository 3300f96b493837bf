/**
 * Downloading one file, from where it broke off.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { hasFile } from "../../datasets/files.ts";
import { type Checksum, type ListedFile, PART } from "../../fetch/listed_file.ts";
import { UsageError } from "../exit.ts";
import { type Answer, request, type Trust } from "./connection.ts";
import { BrokenOff, persistently } from "./persistence.ts";

/** How files are downloaded. */
export interface Download {
  readonly trust: Trust;
  /** Bytes that a file may hold where the list does not say. */
  readonly largestFile: number;
  readonly signal: AbortSignal;
  /** Seconds between attempts. */
  readonly pauses: readonly number[];
  /** Hears of bytes that came. */
  readonly came: (bytes: number) => void;
}

/**
 * Downloads a file to `target`, under which name it appears when its checksum is right and not before.
 *
 * What is there of it, as `<target>.part`, is continued; a server that can't do so begins anew. Throws UsageError for wrong bytes,
 * which are removed, a body longer than it may be, and a server that does not answer in full however often it is asked.
 */
export async function download(file: ListedFile, target: string, options: Download): Promise<void> {
  const { url, checksum } = file, part = target + PART;
  await Deno.mkdir(dirname(target), { recursive: true });
  for (let attempt = 1;; attempt++) {
    const resumed = await sizeOf(part) > 0;
    await persistently(() => receive(file, part, options), { url, ...options });
    const found = await hashOf(part, checksum);
    if (found === checksum.hex) {
      await Deno.rename(part, target);
      return;
    }
    await Deno.remove(part);
    // A part of an older version, continued with the newer, is wrong though both are right.
    if (resumed && attempt === 1) continue;
    throw new UsageError(
      `${url}: Cannot download ${file.path}: its ${
        checksum.algorithm === "md5" ? "MD5" : "SHA-256"
      } must be ${checksum.hex}, got ${found}; nothing of it is kept`,
    );
  }
}

/** Whether a file is there, and its checksum right. Throws RangeError where something else has its name. */
export async function compare(path: string, checksum: Checksum): Promise<"missing" | "right" | "other"> {
  if (!await hasFile(path, { what: "what is there of the dataset" })) return "missing";
  return await hashOf(path, checksum) === checksum.hex ? "right" : "other";
}

/** Downloads a text of at most so many bytes. */
export async function downloadText(url: string, options: Download): Promise<string> {
  const parts: Uint8Array[] = [];
  await persistently(async () => {
    parts.length = 0;
    let bytes = 0;
    const answer = await request(url, { offset: 0, ...options });
    for await (const chunk of answer.chunks) {
      bytes += chunk.length;
      if (bytes > options.largestFile) throw tooLong(url, { most: options.largestFile });
      parts.push(chunk);
    }
  }, { url, ...options });
  return Buffer.concat(parts).toString("utf8");
}

/** One attempt to fetch what `part` lacks. */
async function receive(
  { url, bytes }: ListedFile,
  part: string,
  { trust, largestFile, signal, came }: Download,
): Promise<void> {
  const there = await sizeOf(part);
  if (there > 0 && there === bytes) return;
  const { status, headers, chunks } = await request(url, { offset: there, trust, signal });
  // Nothing lies behind what is there: its checksum will tell whether it is all.
  if (status === 416 && there > 0) {
    for await (const _ of chunks) break;
    return;
  }
  const offset = status === 206 ? there : 0, most = bytes ?? largestFile;
  let size = offset;
  using output = await Deno.open(part, { create: true, write: true, truncate: offset === 0 });
  try {
    requireAnswer({ status, headers }, { url, offset, bytes, most });
    await output.seek(offset, Deno.SeekMode.Start);
    for await (const chunk of chunks) {
      if (size + chunk.length > most) throw tooLong(url, { most });
      await write(output, chunk);
      size += chunk.length;
      came(chunk.length);
    }
    if (bytes !== undefined && size < bytes) throw new BrokenOff(`${size} of ${bytes} bytes`);
  } catch (error) {
    if (error instanceof UsageError) await Deno.remove(part);
    if (!(error instanceof BrokenOff)) throw error;
    throw new BrokenOff(error.message, { cause: error, gained: size - offset });
  }
}

/** Throws unless what an answer says of itself is what was asked for, and not more than may come. */
function requireAnswer(
  { status, headers }: Pick<Answer, "status" | "headers">,
  { url, offset, bytes, most }: { url: string; offset: number; bytes?: number; most: number },
): void {
  if (status === 416) throw new BrokenOff("416 though all of it was asked for");
  const range = headers.get("content-range");
  if (status === 206 && !range?.startsWith(`bytes ${offset}-`)) {
    throw new UsageError(
      `${url}: Cannot go on with the download: the range must begin at byte ${offset}, got ${range}; ` +
        "it begins anew with the next call",
    );
  }
  const length = headers.get("content-length"), size = offset + Number(length ?? NaN);
  if (size > most && bytes === undefined) throw tooLong(url, { most });
  if (bytes !== undefined && length !== null && size !== bytes) {
    throw new UsageError(
      `${url}: Cannot download: it must hold ${bytes} bytes, as its list says, got ${size} announced`,
    );
  }
}

function tooLong(url: string, { most }: { most: number }): UsageError {
  return new UsageError(`${url}: Cannot download: it must hold at most ${most} bytes, got more`);
}

async function write(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
}

/** The size of a file; 0 where none is. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}

async function hashOf(path: string, { algorithm }: Checksum): Promise<string> {
  const hash = createHash(algorithm), file = await Deno.open(path);
  for await (const chunk of file.readable) hash.update(chunk);
  return hash.digest("hex");
}
