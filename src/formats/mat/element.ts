/**
 * What a MAT-file holds, as a small tree whose numbers are read when they are asked for.
 *
 * @module
 */

/** The class of an array of numbers, as MATLAB calls it. */
export type NumberClass =
  | "double"
  | "single"
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "int64"
  | "uint64"
  | "logical";

/** What every element has. */
interface Placed {
  /** The file, which messages begin with. */
  readonly file: string;
  /** Where it stands, as MATLAB writes it: `DREAMER.Data{3}.Age`, counted from 1. */
  readonly path: string;
  /** The length of each axis, of which there are two or more. */
  readonly shape: readonly number[];
  /** The product of the shape. */
  readonly length: number;
}

/** Numbers. */
export interface MatArray extends Placed {
  readonly kind: "array";
  /** What they are in MATLAB; those of a logical array are 0 and 1. */
  readonly class: NumberClass;
  /**
   * The numbers `[from, to)` in column-major order, by default all: the first axis runs fastest, so that those of column c of
   * R rows are `[c R, (c + 1) R)`.
   *
   * Throws RangeError beyond the length, beyond the file's end, and for a 64-bit number that a double can't hold.
   */
  numbers(range?: { readonly from?: number; readonly to?: number }): Float64Array;
}

/** Characters. */
export interface MatText extends Placed {
  readonly kind: "text";
  /** The text of each row; one for most. */
  rows(): string[];
}

/** A cell array. */
export interface MatCell extends Placed {
  readonly kind: "cell";
  /** The element at a position from 0, in column-major order. A file is read fastest in this order. */
  at(index: number): MatElement;
}

/** A structure, or an array of them. */
export interface MatStruct extends Placed {
  readonly kind: "struct";
  /** The names of the fields, in the order of the file, in which it is read fastest. */
  readonly fields: readonly string[];
  /** A field of the structure at a position from 0, by default the first. Throws RangeError for an unknown one. */
  field(name: string, options?: { readonly at?: number }): MatElement;
}

/** One element of a MAT-file. */
export type MatElement = MatArray | MatText | MatCell | MatStruct;

/** A MAT-file of any version, until it is disposed. */
export interface MatFile extends Disposable {
  readonly file: string;
  readonly version: "4" | "5" | "7.3";
  /** The names of the variables, in the order of the file. */
  readonly names: readonly string[];
  /** Throws RangeError, with the nearest name, for one that it doesn't have, and TypeError for a kind that isn't read. */
  variable(name: string): MatElement;
  /**
   * What was tolerated: compressed variables whose checksum is wrong or that go on after their end. Reads the variables that were
   * asked for to their ends, for what stands there.
   */
  warnings(): readonly string[];
}

/** Elements nested deeper than this are an error. */
export const DEEPEST = 64;

/** The number of elements of a shape. Throws RangeError when it is no exact whole number. */
export function lengthOf(shape: readonly number[], place: { file: string; path: string }): number {
  const length = shape.reduce((product, axis) => product * axis, 1);
  if (Number.isSafeInteger(length)) return length;
  throw elementError(place, { must: "it must have fewer than 2^53 elements", got: shapeText(shape) });
}

/** A shape as MATLAB shows it: `1 x 20`. */
export function shapeText(shape: readonly number[]): string {
  return shape.join(" x ");
}

const ERRORS = { SyntaxError, RangeError, TypeError } as const;

/** The error for what stands at an element: `file: Cannot read a{3}: it must be a cell array, got 1 x 2 double`. */
export function elementError(
  { file, path }: { readonly file: string; readonly path: string },
  { must, got, type = "RangeError" }: { must: string; got: unknown; type?: keyof typeof ERRORS },
): Error {
  return new ERRORS[type](`${file}: Cannot read ${path}: ${must}, got ${got}`);
}

/** The positions `[from, to)` of a list, by default all. Throws RangeError unless they lie in it, in this order. */
export function rangeOf(
  place: { readonly file: string; readonly path: string; readonly length: number },
  { from = 0, to = place.length }: { readonly from?: number; readonly to?: number } = {},
): { from: number; to: number } {
  const inside = Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to &&
    to <= place.length;
  if (inside) return { from, to };
  throw elementError(place, {
    must: `what is asked for must lie in its ${place.length} elements`,
    got: `${from} to ${to}`,
  });
}
