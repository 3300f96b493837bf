/**
 * Python's pickles, protocols 0 to 5: plain values and NumPy's arrays, without running anything.
 *
 * Source: CPython's `pickletools` (the operations) and NumPy's `array_reduce`, `array_setstate` and `arraydescr_setstate`.
 *
 * @module
 */
import { buffered } from "../buffered.ts";
import type { ByteSource } from "../bytes.ts";
import { machineOn, type PickleValue } from "./machine.ts";
import { NUMBERS } from "./numbers.ts";
import type { Operation } from "./operation.ts";
import { STRINGS } from "./strings.ts";
import { STRUCTURES } from "./structures.ts";

export { isKind, type PickleValue } from "./machine.ts";
export { type Dtype, type DtypeName, type NdArray, type NdValues, readArray } from "./ndarray.ts";
export { readStored, type StoredBytes } from "./stored_bytes.ts";

const NEWEST_PROTOCOL = 5;
const STOP = ".";

/** What each byte calls for. */
const OPERATIONS: readonly (Operation | undefined)[] = Array.from(
  { length: 256 },
  (_, code) => ({ ...NUMBERS, ...STRINGS, ...STRUCTURES, "\x80": protocol })[String.fromCharCode(code)],
);

/**
 * Reads the first pickle of a file.
 *
 * A pickle is a program for a small machine that can call any function of Python. Here it calls stand-ins of nine names alone:
 * NumPy's `_reconstruct`, `scalar`, `_frombuffer`, `ndarray` and `dtype`, `_codecs.encode`, `OrderedDict` and `bytes`.
 *
 * Lists are arrays, tuples frozen arrays, dicts Maps; None is null; whole numbers beyond 2^53 are bigints. Strings of Python 2
 * are text with one character a byte (ISO 8859-1), whatever their bytes mean. Bytes, arrays, and text that takes up more than
 * 65,536 bytes stay in the file until `readStored` or `readArray` are asked for them: the source must be open until then, and
 * memory holds no more of a large file than that.
 *
 * Throws, with file and byte, SyntaxError for another callable, which is named, and for what is no pickle; TypeError for arrays of
 * anything but numbers and truth values; RangeError beyond the end, or for more than `mostValues` values.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { bytesInMemory } from "../bytes.ts";
 * const read = (text: string) => readPickle(bytesInMemory(new TextEncoder().encode(text), { file: "a.pkl" }));
 * assert.deepEqual(read("(dS'rate'\nI700\ns."), new Map([["rate", 700]]));
 * assert.throws(() => read("cos\nsystem\n(S'ls'\ntR."), { message: /^a.pkl: Cannot read byte 0: .* got os.system$/ });
 * ```
 */
export function readPickle(
  source: ByteSource,
  { mostValues = 1_000_000 }: { readonly mostValues?: number } = {},
): PickleValue {
  const machine = machineOn(buffered(source), { mostValues }), { cursor } = machine;
  for (;;) {
    machine.at = cursor.offset;
    const code = cursor.number("uint8"), operate = OPERATIONS[code];
    if (String.fromCharCode(code) === STOP) return machine.pop();
    if (operate === undefined) {
      throw machine.error("a byte must call for an operation", `0x${code.toString(16).padStart(2, "0")}`);
    }
    operate(machine);
  }
}

function protocol(machine: Parameters<Operation>[0]): void {
  const version = machine.cursor.number("uint8");
  if (version <= NEWEST_PROTOCOL) return;
  throw machine.error(`the protocol must be 0 to ${NEWEST_PROTOCOL}`, `${version}`, { type: "RangeError" });
}
