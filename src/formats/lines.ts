/**
 * The lines of a text that is read in parts.
 *
 * @module
 */
import type { ByteSource } from "./bytes.ts";

/** A line of a file. */
export interface Line {
  /** Its number, from 1. */
  readonly line: number;
  /** The position of the line after it: beyond the end of the file behind a last line that doesn't end. */
  readonly next: number;
  /** Its bytes without the end of the line. */
  readonly bytes: Uint8Array;
}

/** Where in a file to begin. */
export interface LinesOptions {
  /** The position of the first byte; default 0. */
  readonly offset?: number;
  /** The number of the line there; default 1. */
  readonly line?: number;
}

/** Bytes of the longest line, and of the parts in which lines are read. */
const LONGEST = 2 ** 20, PART = 2 * LONGEST;
const NEW_LINE = 0x0a, RETURN = 0x0d;

/**
 * The lines from a position on; memory does not grow with the file. Throws SyntaxError, with file and line, for one of more than
 * 2^20 bytes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { bytesInMemory } from "./bytes.ts";
 * const bytes = new TextEncoder().encode("a\r\n\nb");
 * const lines = Array.from(linesOf(bytesInMemory(bytes, { file: "a.txt" })), ({ bytes }) => new TextDecoder().decode(bytes));
 * assert.deepEqual(lines, ["a", "", "b"]);
 * ```
 */
export function* linesOf(
  source: ByteSource,
  { offset = 0, line = 1 }: LinesOptions = {},
): Generator<Line, void, undefined> {
  const { file, size } = source;
  while (offset < size) {
    const part = source.read(offset, Math.min(PART, size - offset)), isLast = offset + part.length === size;
    let start = 0;
    while (start < part.length) {
      const found = part.indexOf(NEW_LINE, start);
      if (found === -1 && !isLast) break;
      const end = found === -1 ? part.length : found;
      const bytes = part.subarray(start, end > start && part[end - 1] === RETURN ? end - 1 : end);
      if (bytes.length > LONGEST) break;
      start = end + 1;
      yield { line, next: offset + start, bytes };
      line++;
    }
    // A line that doesn't end in a part begins the next one; what is as long as a part is longer than any line.
    if (start === 0 || (isLast && start < part.length)) {
      throw new SyntaxError(
        `${file}: Cannot read line ${line}: it must have at most ${LONGEST} bytes, got more`,
      );
    }
    offset += start;
  }
}
