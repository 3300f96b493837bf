/**
 * Arguments of operations that end with a line, as protocol 0 writes them.
 *
 * @module
 */
import { latin1 } from "../bytes.ts";
import type { Machine } from "./machine.ts";

/** Numbers and names are shorter. */
const LONGEST_LINE = 4096;
/** How much is searched at a time: most lines are short, that of an array may have hundreds of megabytes. */
const SEARCHES = [256, LONGEST_LINE, 65_536] as const;
const NEWLINE = 0x0a;

/** Where the line at the cursor lies; the cursor moves behind its end. Throws SyntaxError when the file ends first. */
export function takeLine({ source, cursor, error }: Machine): { offset: number; length: number } {
  const { offset } = cursor;
  for (let done = 0, search = 0; offset + done < source.size; search++) {
    const most = SEARCHES[Math.min(search, SEARCHES.length - 1)];
    const block = source.read(offset + done, Math.min(most, source.size - offset - done));
    const end = block.indexOf(NEWLINE);
    if (end >= 0) {
      cursor.seek(offset + done + end + 1);
      return { offset, length: done + end };
    }
    done += block.length;
  }
  throw error("a line must end", "the end of the file");
}

/** The line at the cursor as text, one character a byte. Throws SyntaxError when it is long, `what` as in `a number`. */
export function takeText(machine: Machine, what: string): string {
  const { offset, length } = takeLine(machine);
  if (length > LONGEST_LINE) {
    throw machine.error(`${what} must have at most ${LONGEST_LINE} bytes`, `${length}`);
  }
  return latin1(machine.source.read(offset, length)).replace(/\r$/, "");
}
