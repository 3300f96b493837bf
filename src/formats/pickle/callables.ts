/**
 * What a pickle may call: a list, each with what stands in for it here. Nothing of Python is run.
 *
 * @module
 */
import { latin1 } from "../bytes.ts";
import { type Callable, isKind, isSequence, kindOf, type Machine, type PickleValue } from "./machine.ts";
import { type Dtype, type DtypeName, DTYPES, type NdArray, readArray } from "./ndarray.ts";
import { bytesStoredInMemory, type StoredBytes } from "./stored_bytes.ts";

type Arguments = readonly PickleValue[];
type Call = (machine: Machine, given: Arguments) => PickleValue;

/** NumPy 2 has moved what NumPy 1 has in `numpy.core`. */
const underBoth = (name: string, call: Call): Record<string, Call> => ({
  [`numpy.core.${name}`]: call,
  [`numpy._core.${name}`]: call,
});

const CALLABLES: Readonly<Record<string, Call>> = {
  ...underBoth("multiarray._reconstruct", emptyArray),
  ...underBoth("multiarray.scalar", scalar),
  ...underBoth("numeric._frombuffer", arrayOfBuffer),
  "numpy.ndarray": (machine) => {
    throw machine.error("numpy.ndarray must be an argument of _reconstruct", "a call");
  },
  "numpy.dtype": dtype,
  "_codecs.encode": encode,
  "collections.OrderedDict": orderedDict,
  "__builtin__.bytes": noBytes,
  "builtins.bytes": noBytes,
};

/** The callable of this name; SyntaxError, with the file, the byte and the name, when the list does not have it. */
export function callable(machine: Machine, name: string): Callable {
  if (Object.hasOwn(CALLABLES, name)) return { kind: "callable", name };
  throw machine.error(`a callable must be one of ${Object.keys(CALLABLES).join(", ")}`, name);
}

/** What the call gives. Throws SyntaxError, with file and byte, for arguments that NumPy and Python don't write. */
export function callWith(machine: Machine, called: PickleValue, given: PickleValue): PickleValue {
  if (!isKind(called, "callable")) throw machine.error("what is called must be a callable", kindOf(called));
  if (!isSequence(given)) throw machine.error("arguments must be a tuple", kindOf(given));
  return CALLABLES[called.name](machine, given);
}

/** Gives an array or a type of numbers what `__setstate__` would. */
export function setState(machine: Machine, value: PickleValue, state: PickleValue): void {
  const given = isSequence(state) ? state : [];
  if (isKind(value, "dtype")) return setByteOrder(machine, value, given);
  if (isKind(value, "ndarray")) return fillArray(machine, value, given);
  throw machine.error("a state must be given to an array or a dtype", kindOf(value));
}

function emptyArray({ source: { file }, at, error }: Machine, [type]: Arguments): NdArray {
  if (!isKind(type, "callable") || type.name !== "numpy.ndarray") {
    throw error("_reconstruct must make a numpy.ndarray", kindOf(type));
  }
  const dtype: Dtype = { kind: "dtype", name: "b1", littleEndian: true };
  return { kind: "ndarray", file, at, shape: [0], dtype, fortranOrder: false, data: null };
}

/** `(version, shape, dtype, is_fortran, bytes)`; the oldest states have no version. */
function fillArray(machine: Machine, array: NdArray, state: Arguments): void {
  const [shape, type, isFortran, data] = state.length === 5 ? state.slice(1) : state;
  if (state.length < 4 || state.length > 5) {
    throw machine.error("the state of an array must have 4 or 5 parts", `${state.length}`);
  }
  Object.assign(array, describedArray(machine, { shape, type, data, fortranOrder: Boolean(isFortran) }));
}

/** `(buffer, dtype, shape, order)`, as protocol 5 has it. */
function arrayOfBuffer(machine: Machine, [data, type, shape, order]: Arguments): NdArray {
  return describedArray(machine, { shape, type, data, fortranOrder: order === "F" });
}

function describedArray(
  machine: Machine,
  { shape, type, data, fortranOrder }: {
    shape: PickleValue | undefined;
    type: PickleValue | undefined;
    data: PickleValue | undefined;
    fortranOrder: boolean;
  },
): NdArray {
  if (!isSequence(shape) || !shape.every(isLength)) {
    throw machine.error("the shape of an array must be a tuple of lengths", kindOf(shape));
  }
  if (!isKind(type, "dtype")) throw machine.error("an array must have a dtype", kindOf(type));
  const bytes = typeof data === "string" ? bytesOfText(machine, data) : data;
  if (!isKind(bytes, "bytes")) throw machine.error("the data of an array must be bytes", kindOf(bytes));
  const { source: { file }, at } = machine;
  return { kind: "ndarray", file, at, shape, dtype: type, fortranOrder, data: bytes };
}

function isLength(value: PickleValue): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** Python 2 text and what `_codecs.encode` is given: a character for each byte. */
function bytesOfText({ source: { file }, error }: Machine, text: string): StoredBytes {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  if (latin1(bytes) !== text) {
    throw error("text that stands for bytes must have characters up to U+00FF", "others");
  }
  return bytesStoredInMemory(bytes, { file });
}

function encode(machine: Machine, [text, encoding]: Arguments): StoredBytes {
  if (encoding !== "latin1" && encoding !== "latin-1") {
    throw machine.error("bytes must be encoded as latin1", kindOf(encoding));
  }
  const bytes = typeof text === "string" ? bytesOfText(machine, text) : text;
  if (isKind(bytes, "bytes")) return bytes;
  throw machine.error("what is encoded must be text", kindOf(text));
}

function dtype({ error }: Machine, [name]: Arguments): Dtype {
  const [, order, type] = typeof name === "string" ? /^([<>|=]?)(\w+)$/.exec(name) ?? [] : [];
  const known = (Object.keys(DTYPES) as DtypeName[]).find((candidate) => candidate === type);
  if (known !== undefined) return { kind: "dtype", name: known, littleEndian: order !== ">" };
  throw error(`a dtype must be one of ${Object.keys(DTYPES).join(", ")}`, kindOf(name), {
    type: "TypeError",
  });
}

/** `(version, byte order, subtype, names, fields, size, alignment, flags)`. */
function setByteOrder({ error }: Machine, type: Dtype, state: Arguments): void {
  const [, order, ...others] = state;
  const isPlain = others.length >= 3 && others.slice(0, 3).every((part) => part === null);
  if (typeof order !== "string" || !"<>|=".includes(order) || order.length !== 1 || !isPlain) {
    throw error("the state of a dtype must be that of plain numbers", kindOf(state), { type: "TypeError" });
  }
  type.littleEndian = order !== ">";
}

function scalar(machine: Machine, [type, data]: Arguments): PickleValue {
  const { shape, dtype, ...others } = describedArray(machine, {
    shape: Object.freeze([]),
    type,
    data,
    fortranOrder: false,
  });
  const [value] = readArray({ ...others, shape, dtype });
  if (dtype.name === "b1") return value === 1;
  return typeof value === "bigint" && BigInt.asIntN(54, value) === value ? Number(value) : value;
}

function orderedDict(machine: Machine, [pairs = []]: Arguments): Map<PickleValue, PickleValue> {
  const isPair = (pair: PickleValue): pair is readonly [PickleValue, PickleValue] =>
    isSequence(pair) && pair.length === 2;
  if (isSequence(pairs) && pairs.every(isPair)) return new Map(pairs);
  throw machine.error("an OrderedDict must be made of pairs", kindOf(pairs));
}

/** Bytes are called for where there are none. */
function noBytes({ source, error }: Machine, given: Arguments): StoredBytes {
  if (given.length > 0) throw error("bytes must be called without arguments", `${given.length}`);
  return bytesStoredInMemory(new Uint8Array(0), source);
}
