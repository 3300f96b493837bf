/**
 * Operations that put text and bytes on the stack.
 *
 * @module
 */
import { latin1 } from "../bytes.ts";
import type { ByteEncoding } from "./byte_encodings.ts";
import { takeLine } from "./lines.ts";
import type { Machine } from "./machine.ts";
import type { Operation } from "./operation.ts";
import { readStored, type StoredBytes } from "./stored_bytes.ts";

/** Text that takes up more bytes stays in the file: in Python 2 it is an array's. */
const LONGEST_TEXT = 65_536;

/** The next bytes of the file, which stay there. */
function stored(
  { source, cursor, error }: Machine,
  { length, encoding = "raw" }: { length: number; encoding?: ByteEncoding },
): StoredBytes {
  const { offset } = cursor;
  if (!(length >= 0 && length <= cursor.left)) {
    throw error(`there must be as many bytes as announced, ${length}`, `${cursor.left}`, {
      type: "RangeError",
    });
  }
  cursor.skip(length);
  return { kind: "bytes", source, offset, length, encoding };
}

/** A Python 2 string: text with one character a byte, whatever the bytes mean. */
function byteString(machine: Machine, length: number): void {
  const bytes = stored(machine, { length });
  machine.push(length > LONGEST_TEXT ? bytes : latin1(readStored(bytes)));
}

/** A Python 2 string as a literal in quotes on a line. */
function quoted(machine: Machine): void {
  const { source } = machine, line = takeLine(machine);
  const isReturn = line.length > 0 && source.read(line.offset + line.length - 1, 1)[0] === 0x0d;
  const length = line.length - (isReturn ? 1 : 0);
  const [first, last] = length < 2
    ? [0, 1]
    : [0, length - 1].map((at) => source.read(line.offset + at, 1)[0]);
  if (first !== last || !"'\"".includes(String.fromCharCode(first))) {
    throw machine.error("a Python 2 string must stand in quotes", `a line of ${length} bytes without`);
  }
  const bytes: StoredBytes = {
    kind: "bytes",
    source,
    offset: line.offset + 1,
    length: length - 2,
    encoding: "string-escape",
  };
  machine.push(bytes.length > LONGEST_TEXT ? bytes : latin1(readStored(bytes)));
}

function utf8(machine: Machine, length: number): void {
  const bytes = stored(machine, { length, encoding: "utf-8" });
  if (length > LONGEST_TEXT) return machine.push(bytes);
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    machine.push(decoder.decode(machine.source.read(bytes.offset, length)));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw machine.error("text must be UTF-8", "other bytes");
  }
}

/** Text on a line, with `\uNNNN` for what is beyond a byte. */
function rawUnicode(machine: Machine): void {
  const { offset, length } = takeLine(machine), { source } = machine;
  if (length > LONGEST_TEXT) {
    return machine.push({ kind: "bytes", source, offset, length, encoding: "raw-unicode-escape" });
  }
  // A backslash before a backslash stands for itself, as in Python.
  const pattern = /\\\\|\\u([^]{0,4})|\\U([^]{0,8})/g;
  machine.push(
    latin1(source.read(offset, length)).replace(pattern, (escape, short, long) => {
      const digits: string | undefined = short ?? long;
      if (digits === undefined) return escape;
      const isWhole = digits.length === (short === undefined ? 8 : 4) && /^[0-9a-f]+$/i.test(digits);
      const code = isWhole ? Number.parseInt(digits, 16) : Infinity;
      if (code > 0x10ffff) {
        throw machine.error("a character must be written as \\uNNNN", JSON.stringify(escape));
      }
      return String.fromCodePoint(code);
    }),
  );
}

/** By the byte that calls for it. */
export const STRINGS: Readonly<Record<string, Operation>> = {
  "S": quoted,
  "T": (machine) => byteString(machine, machine.cursor.number("int32")),
  "U": (machine) => byteString(machine, machine.cursor.number("uint8")),
  "V": rawUnicode,
  "X": (machine) => utf8(machine, machine.cursor.number("uint32")),
  "\x8c": (machine) => utf8(machine, machine.cursor.number("uint8")),
  "\x8d": (machine) => utf8(machine, machine.cursor.long()),
  "B": (machine) => machine.push(stored(machine, { length: machine.cursor.number("uint32") })),
  "C": (machine) => machine.push(stored(machine, { length: machine.cursor.number("uint8") })),
  "\x8e": (machine) => machine.push(stored(machine, { length: machine.cursor.long() })),
  "\x96": (machine) => machine.push(stored(machine, { length: machine.cursor.long() })),
};
