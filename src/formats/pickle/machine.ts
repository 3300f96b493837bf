/**
 * What a pickle works on: a stack, a memo, and a place in the file.
 *
 * @module
 */
import { type ByteSource, type Cursor, cursorOn, type ErrorType } from "../bytes.ts";
import type { Dtype, NdArray } from "./ndarray.ts";
import type { StoredBytes } from "./stored_bytes.ts";

/** A function or class of the allow-list, which a pickle names. */
export interface Callable {
  readonly kind: "callable";
  /** Module and name, as in `numpy.dtype`. */
  readonly name: string;
}

/** What a pickle may hold. Lists are arrays, tuples frozen ones. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | StoredBytes
  | NdArray
  | Dtype
  | Callable
  | readonly PickleValue[]
  | Map<PickleValue, PickleValue>;

/** The state while a pickle is read. */
export interface Machine {
  readonly source: ByteSource;
  readonly cursor: Cursor;
  /** Where the operation at hand begins. */
  at: number;
  /** Adds a value to the stack; RangeError when there are too many. */
  push(value: PickleValue): void;
  /** Takes the last value from the stack; SyntaxError when there is none above the last mark. */
  pop(): PickleValue;
  /** The last value of the stack, which stays. */
  top(): PickleValue;
  /** Remembers how high the stack is. */
  mark(): void;
  /** Takes everything above the last mark, and the mark. */
  popToMark(): PickleValue[];
  /** Drops the last value, or the last mark where nothing is above it. */
  drop(): void;
  /** Keeps the last value under a number, or under the next one. */
  remember(index?: number): void;
  /** Adds what was kept under a number to the stack. */
  recall(index: number): void;
  /** The error for the operation at hand. */
  error(must: string, got: string, options?: { readonly type?: ErrorType }): Error;
}

/** A machine at the beginning of a file. */
export function machineOn(source: ByteSource, { mostValues }: { mostValues: number }): Machine {
  const cursor = cursorOn(source), stack: PickleValue[] = [], marks: number[] = [];
  const memo = new Map<number, PickleValue>();
  let kept = 0;
  /** Everything that takes memory is counted: a file of small operations must not fill it. */
  const count = () => {
    if (++kept <= mostValues) return;
    throw machine.error(`there must be at most ${mostValues} values`, "more", { type: "RangeError" });
  };
  const floor = () => marks.at(-1) ?? 0;
  const mustHoldOne = () => {
    if (stack.length <= floor()) throw machine.error("an operation must have a value to work on", "none");
  };
  const machine: Machine = {
    source,
    cursor,
    at: 0,
    push(value) {
      count();
      stack.push(value);
    },
    pop() {
      mustHoldOne();
      return stack.pop() ?? null;
    },
    top() {
      mustHoldOne();
      return stack[stack.length - 1];
    },
    mark() {
      count();
      marks.push(stack.length);
    },
    popToMark() {
      const first = marks.pop();
      if (first === undefined) throw machine.error("an operation must have a mark", "none");
      return stack.splice(first);
    },
    drop() {
      if (stack.length > floor()) stack.pop();
      else if (marks.pop() === undefined) throw machine.error("there must be a value to drop", "none");
    },
    remember(index = memo.size) {
      count();
      memo.set(index, machine.top());
    },
    recall(index) {
      const value = memo.get(index);
      if (value === undefined) {
        throw machine.error("a value must have been kept under its number", `${index}`);
      }
      machine.push(value);
    },
    error: (must, got, { type } = {}) => cursor.error(must, got, { at: machine.at, type }),
  };
  return machine;
}

/** What kind of value it is, for a message. */
export function kindOf(value: PickleValue | undefined): string {
  if (value === undefined) return "nothing";
  if (value === null) return "None";
  if (value instanceof Map) return "a dict";
  if (isSequence(value)) return Object.isFrozen(value) ? "a tuple" : "a list";
  if (typeof value === "object") return value.kind === "callable" ? value.name : `a value of ${value.kind}`;
  return typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : String(value);
}

type Kinds = {
  readonly bytes: StoredBytes;
  readonly callable: Callable;
  readonly dtype: Dtype;
  readonly ndarray: NdArray;
};

/** Whether it is an array, a type of numbers, bytes or a callable. */
export function isKind<Kind extends keyof Kinds>(
  value: PickleValue | undefined,
  kind: Kind,
): value is Kinds[Kind] {
  return value !== null && typeof value === "object" && "kind" in value && value.kind === kind;
}

/** Whether it is a list or a tuple. */
export function isSequence(value: PickleValue | undefined): value is readonly PickleValue[] {
  return Array.isArray(value);
}
