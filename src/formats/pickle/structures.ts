/**
 * Operations on lists, tuples, dicts, the memo and calls.
 *
 * @module
 */
import { callable, callWith, setState } from "./callables.ts";
import { takeText } from "./lines.ts";
import { isSequence, kindOf, type Machine, type PickleValue } from "./machine.ts";
import type { Operation } from "./operation.ts";

function tuple(values: PickleValue[]): readonly PickleValue[] {
  return Object.freeze(values);
}

/** A tuple of the last values. */
function tupleOf(count: number): Operation {
  return (machine) => {
    const values = Array.from({ length: count }, () => machine.pop());
    machine.push(tuple(values.reverse()));
  };
}

function append(machine: Machine, values: readonly PickleValue[]): void {
  const list = machine.top();
  if (!isList(list)) throw machine.error("values must be added to a list", kindOf(list));
  for (const value of values) list.push(value);
}

function isList(value: PickleValue): value is PickleValue[] {
  return isSequence(value) && !Object.isFrozen(value);
}

function setItems(machine: Machine, values: readonly PickleValue[]): void {
  const dict = machine.top();
  if (!(dict instanceof Map)) throw machine.error("keys must be given to a dict", kindOf(dict));
  if (values.length % 2 !== 0) throw machine.error("every key must have a value", `${values.length} values`);
  for (let index = 0; index < values.length; index += 2) dict.set(values[index], values[index + 1]);
}

function dict(machine: Machine): void {
  const values = machine.popToMark();
  machine.push(new Map());
  setItems(machine, values);
}

function popPair(machine: Machine): PickleValue[] {
  const value = machine.pop();
  return [machine.pop(), value];
}

function index(machine: Machine): number {
  const text = takeText(machine, "a number of the memo");
  if (!/^\d{1,15}$/.test(text)) {
    throw machine.error("a number of the memo must be whole", JSON.stringify(text));
  }
  return Number(text);
}

function global(machine: Machine): void {
  const module = takeText(machine, "a module's name");
  machine.push(callable(machine, `${module}.${takeText(machine, "a name")}`));
}

function stackGlobal(machine: Machine): void {
  const [module, name] = popPair(machine);
  if (typeof module !== "string" || typeof name !== "string") {
    throw machine.error("a callable must be named by text", `${kindOf(module)} and ${kindOf(name)}`);
  }
  machine.push(callable(machine, `${module}.${name}`));
}

function reduce(machine: Machine): void {
  const [called, given] = popPair(machine);
  machine.push(callWith(machine, called, given));
}

function instance(machine: Machine): void {
  const module = takeText(machine, "a module's name"), name = takeText(machine, "a name");
  const called = callable(machine, `${module}.${name}`);
  machine.push(callWith(machine, called, machine.popToMark()));
}

function object(machine: Machine): void {
  const [called = null, ...given] = machine.popToMark();
  machine.push(callWith(machine, called, given));
}

function build(machine: Machine): void {
  const state = machine.pop();
  setState(machine, machine.top(), state);
}

function frame(machine: Machine): void {
  const length = machine.cursor.long(), { left } = machine.cursor;
  if (!(length >= 0 && length <= left)) {
    throw machine.error(`a frame must hold ${length} bytes`, `${left}`, { type: "RangeError" });
  }
}

/** An operation that is not read, and why. */
function refused(must: string, got: string): Operation {
  return (machine) => {
    throw machine.error(must, got);
  };
}

const IN_BAND = "an array's data must lie in the pickle", ITSELF = "a pickle must hold its objects itself";

/** By the byte that calls for it. */
export const STRUCTURES: Readonly<Record<string, Operation>> = {
  "(": (machine) => machine.mark(),
  "0": (machine) => machine.drop(),
  "1": (machine) => void machine.popToMark(),
  "2": (machine) => machine.push(machine.top()),
  "]": (machine) => machine.push([]),
  "l": (machine) => machine.push(machine.popToMark()),
  "a": (machine) => append(machine, [machine.pop()]),
  "e": (machine) => append(machine, machine.popToMark()),
  ")": (machine) => machine.push(tuple([])),
  "t": (machine) => machine.push(tuple(machine.popToMark())),
  "\x85": tupleOf(1),
  "\x86": tupleOf(2),
  "\x87": tupleOf(3),
  "}": (machine) => machine.push(new Map()),
  "d": dict,
  "s": (machine) => setItems(machine, popPair(machine)),
  "u": (machine) => setItems(machine, machine.popToMark()),
  "p": (machine) => machine.remember(index(machine)),
  "q": (machine) => machine.remember(machine.cursor.number("uint8")),
  "r": (machine) => machine.remember(machine.cursor.number("uint32")),
  "\x94": (machine) => machine.remember(),
  "g": (machine) => machine.recall(index(machine)),
  "h": (machine) => machine.recall(machine.cursor.number("uint8")),
  "j": (machine) => machine.recall(machine.cursor.number("uint32")),
  "c": global,
  "\x93": stackGlobal,
  "R": reduce,
  "\x81": reduce,
  "i": instance,
  "o": object,
  "b": build,
  "\x95": frame,
  "P": refused(ITSELF, "a persistent id"),
  "Q": refused(ITSELF, "a persistent id"),
  "\x82": refused("a callable must be named", "an extension code"),
  "\x83": refused("a callable must be named", "an extension code"),
  "\x84": refused("a callable must be named", "an extension code"),
  "\x92": refused("an object must be made without keywords", "a call with keywords"),
  "\x8f": refused("values must be numbers, text, bytes, lists, tuples, dicts and arrays", "a set"),
  "\x90": refused("values must be numbers, text, bytes, lists, tuples, dicts and arrays", "a set"),
  "\x91": refused("values must be numbers, text, bytes, lists, tuples, dicts and arrays", "a set"),
  "\x97": refused(IN_BAND, "an out-of-band buffer"),
  "\x98": refused(IN_BAND, "an out-of-band buffer"),
};
