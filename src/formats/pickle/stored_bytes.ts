/**
 * Bytes of a pickle that stay in its file until they are asked for.
 *
 * @module
 */
import { bytesInMemory, type ByteSource } from "../bytes.ts";
import { BYTE_ENCODINGS, type ByteEncoding, LONGEST_BYTE } from "./byte_encodings.ts";

/** A stretch of the file that holds bytes. */
export interface StoredBytes {
  readonly kind: "bytes";
  readonly source: ByteSource;
  /** Where they begin in the source. */
  readonly offset: number;
  /** What they take up there, at least as much as they are. */
  readonly length: number;
  readonly encoding: ByteEncoding;
}

/** Decoded at a time: memory does not grow with what is written, but with what it means. */
const BLOCK_BYTES = 1 << 20;

/** Bytes that are in memory already. */
export function bytesStoredInMemory(bytes: Uint8Array, { file }: { file: string }): StoredBytes {
  return {
    kind: "bytes",
    source: bytesInMemory(bytes, { file }),
    offset: 0,
    length: bytes.length,
    encoding: "raw",
  };
}

/**
 * Reads them all. Throws SyntaxError, with file and byte, where one is written wrongly.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { bytesInMemory } from "../bytes.ts";
 * const source = bytesInMemory(new TextEncoder().encode("A\\n\\xff"), { file: "a.pkl" });
 * const stored: StoredBytes = { kind: "bytes", source, offset: 0, length: 7, encoding: "string-escape" };
 * assert.deepEqual(readStored(stored), Uint8Array.of(65, 10, 255));
 * ```
 */
export function readStored(stored: StoredBytes): Uint8Array {
  const bytes = new Uint8Array(stored.length);
  return bytes.subarray(0, decodeStored(stored, bytes));
}

/** Decodes into `target` and returns how many bytes there are. Throws RangeError when there are more than it takes. */
export function decodeStored(
  { source, offset, length, encoding }: StoredBytes,
  target: Uint8Array,
): number {
  const { decode, must } = BYTE_ENCODINGS[encoding];
  let written = 0;
  for (let done = 0; done < length;) {
    const block = source.read(offset + done, Math.min(BLOCK_BYTES, length - done));
    // A byte that is cut by the block's end is left to the next.
    const end = done + block.length === length ? block.length : block.length - LONGEST_BYTE;
    let at = 0;
    for (; at < end; written++) {
      const byte = decode(block, at);
      const place = `${source.file}: Cannot read byte ${offset + done + at}`;
      if (byte < 0) throw new SyntaxError(`${place}: ${must}, got ${shown(block, at)}`);
      if (written === target.length) {
        throw new RangeError(`${place}: there must be ${target.length} bytes, got more`);
      }
      target[written] = byte & 255;
      at += byte >> 8;
    }
    done += at;
  }
  return written;
}

function shown(block: Uint8Array, at: number): string {
  return JSON.stringify(String.fromCharCode(...block.subarray(at, at + LONGEST_BYTE)));
}
