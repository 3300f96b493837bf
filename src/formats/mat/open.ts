/**
 * MAT-files of any version.
 *
 * @module
 */
import { type ByteSource, latin1 } from "../bytes.ts";
import type { MatFile } from "./element.ts";
import { isLevel4, openLevel4 } from "./level4.ts";
import { isLevel5, openLevel5 } from "./level5.ts";

const HDF5_SIGNATURE = "\x89HDF\r\n\x1a\n";
/** Where HDF5 may begin in what it holds; MATLAB begins it behind a header of 512 bytes. */
const HDF5_STARTS = [0, 512, 1024, 2048];

/**
 * Opens a MAT-file of version 4, 5 (compressed or not) or 7.3, which it tells by its first bytes. Dispose it after use.
 *
 * Versions 4 and 5 are read from the source when something is asked for; a file of version 7.3 is HDF5, which its library reads
 * from memory: it takes as much as the file has bytes, and the library itself some 20 MB, loaded only then.
 *
 * Throws SyntaxError for what is none, RangeError where it breaks off; every message begins with the file's name.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { bytesInMemory } from "../bytes.ts";
 * const header = new Uint8Array(Int32Array.of(0, 1, 2, 0, 2).buffer);
 * const bytes = Uint8Array.of(...header, 120, 0, ...new Uint8Array(Float64Array.of(3, 4).buffer));
 * using file = await openMat(bytesInMemory(bytes, { file: "a.mat" }));
 * const x = file.variable("x");
 * assert.deepEqual(x.kind === "array" && [...x.numbers()], [3, 4]);
 * ```
 */
export async function openMat(source: ByteSource): Promise<MatFile> {
  if (HDF5_STARTS.some((start) => beginsAt(source, start))) {
    const { openLevel73 } = await import("./level73.ts");
    return await openLevel73(source);
  }
  if (isLevel5(source)) return openLevel5(source);
  if (isLevel4(source)) return openLevel4(source);
  throw new SyntaxError(
    `${source.file}: Cannot read byte 0: a MAT-file must begin, got ${firstBytes(source)}`,
  );
}

function beginsAt(source: ByteSource, start: number): boolean {
  const { length } = HDF5_SIGNATURE;
  return start + length <= source.size && latin1(source.read(start, length)) === HDF5_SIGNATURE;
}

function firstBytes(source: ByteSource): string {
  const bytes = source.read(0, Math.min(8, source.size));
  return bytes.length === 0 ? "an empty file" : `the bytes ${bytes.join(" ")}`;
}
