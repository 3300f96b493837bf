/**
 * Operations that put numbers and constants on the stack.
 *
 * @module
 */
import type { Operation } from "./operation.ts";
import { takeText } from "./lines.ts";
import { cursorOn } from "../bytes.ts";
import type { Machine } from "./machine.ts";

/** Whole numbers of more bytes are refused: nothing that is measured needs them. */
const LONGEST_INTEGER = 256;

/** A number where it is exact, a bigint otherwise. */
function exact(value: bigint): number | bigint {
  return BigInt.asIntN(54, value) === value ? Number(value) : value;
}

function integerOfText(machine: Machine, suffix: RegExp): number | bigint {
  const text = takeText(machine, "a whole number").trim().replace(suffix, "");
  if (!/^[+-]?\d+$/.test(text)) {
    throw machine.error("a whole number must be written in digits", JSON.stringify(text));
  }
  const digits = BigInt(text.replace(/^[+-]/, ""));
  return exact(text.startsWith("-") ? -digits : digits);
}

/** A whole number in two's complement, little-endian. */
function integerOfBytes(machine: Machine, length: number): number | bigint {
  if (!(length >= 0 && length <= LONGEST_INTEGER)) {
    throw machine.error(`a whole number must have at most ${LONGEST_INTEGER} bytes`, `${length}`);
  }
  let value = 0n;
  for (const byte of machine.cursor.bytes(length).toReversed()) value = value << 8n | BigInt(byte);
  return exact(BigInt.asIntN(8 * length, value));
}

function floatOfText(machine: Machine): number {
  const text = takeText(machine, "a number").trim();
  const special: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, "-inf": -Infinity };
  if (Object.hasOwn(special, text)) return special[text];
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
  throw machine.error("a number must be written in digits", JSON.stringify(text));
}

function bigEndianFloat({ source, cursor }: Machine): number {
  const { offset } = cursor;
  cursor.skip(8);
  return cursorOn(source, { offset, littleEndian: false }).number("float64");
}

/** `I`, which also stands for truth values in protocols 0 and 1. */
function integerOrTruth(machine: Machine): number | bigint | boolean {
  const { source, cursor } = machine;
  const start = cursor.left < 3 ? "" : String.fromCharCode(...source.read(cursor.offset, 3));
  if (start !== "00\n" && start !== "01\n") return integerOfText(machine, /$/);
  cursor.skip(3);
  return start === "01\n";
}

/** By the byte that calls for it. */
export const NUMBERS: Readonly<Record<string, Operation>> = {
  "N": (machine) => machine.push(null),
  "\x88": (machine) => machine.push(true),
  "\x89": (machine) => machine.push(false),
  "I": (machine) => machine.push(integerOrTruth(machine)),
  "L": (machine) => machine.push(integerOfText(machine, /L$/)),
  "F": (machine) => machine.push(floatOfText(machine)),
  "G": (machine) => machine.push(bigEndianFloat(machine)),
  "J": (machine) => machine.push(machine.cursor.number("int32")),
  "K": (machine) => machine.push(machine.cursor.number("uint8")),
  "M": (machine) => machine.push(machine.cursor.number("uint16")),
  "\x8a": (machine) => machine.push(integerOfBytes(machine, machine.cursor.number("uint8"))),
  "\x8b": (machine) => machine.push(integerOfBytes(machine, machine.cursor.number("int32"))),
};
