/**
 * The lines of a text file that is read in parts.
 *
 * @module
 */
import type { ByteSource } from "./bytes.ts";

/** Bytes that are read at a time. */
const PART = 2 ** 20;
/** A line that is longer is none. */
const LONGEST_LINE = 2 ** 20;

/**
 * The lines of UTF-8 text, without their ends and a byte order mark; memory does not grow with the file.
 *
 * Throws RangeError, with file and byte, for a line of more than 2^20 bytes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { bytesInMemory } from "./bytes.ts";
 * const bytes = new TextEncoder().encode("a\r\n\nb");
 * assert.deepEqual([...textLines(bytesInMemory(bytes, { file: "a.txt" }))], ["a", "", "b"]);
 * ```
 */
export function* textLines(source: ByteSource): Generator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for (let offset = 0; offset < source.size; offset += PART) {
    const bytes = source.read(offset, Math.min(PART, source.size - offset));
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LONGEST_LINE) {
      throw new RangeError(
        `${source.file}: Cannot read byte ${offset}: a line must have at most ${LONGEST_LINE} bytes, got more`,
      );
    }
    for (const line of lines) yield line.endsWith("\r") ? line.slice(0, -1) : line;
  }
  rest += decoder.decode();
  if (rest !== "") yield rest.endsWith("\r") ? rest.slice(0, -1) : rest;
}
