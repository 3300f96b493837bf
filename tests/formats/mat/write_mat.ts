/** Writes MAT-files of version 5. */
import { deflateSync } from "node:zlib";

/** What is written: numbers in column-major order, a text, cells or a structure. */
export type MatValue =
  | { readonly shape: readonly number[]; readonly numbers: ArrayLike<number> }
  | string
  | { readonly shape: readonly number[]; readonly cells: readonly MatValue[] }
  | { readonly fields: Readonly<Record<string, MatValue>> };

/** A matrix by its columns. */
export function columns(...values: readonly ArrayLike<number>[]): MatValue {
  return {
    shape: [values[0].length, values.length],
    numbers: values.flatMap((column) => Array.from(column)),
  };
}

/** A row of numbers; `row()` is 1 x 0. */
export function row(...numbers: number[]): MatValue {
  return { shape: [1, numbers.length], numbers };
}

/** A row of cells. */
export function cells(...values: readonly MatValue[]): MatValue {
  return { shape: [1, values.length], cells: values };
}

/** 0 x 0, as MATLAB keeps in a cell that nothing was put into. */
export const NOTHING: MatValue = { shape: [0, 0], numbers: [] };

const TYPE = { int8: 1, uint16: 4, int32: 5, uint32: 6, double: 9, matrix: 14, compressed: 15 };
const CLASS = { cell: 1, struct: 2, char: 4, double: 6 };
const LONGEST_NAME = 32;

/** A file of these variables, compressed or not. */
export function matBytes(
  variables: Readonly<Record<string, MatValue>>,
  { compress = true }: { compress?: boolean } = {},
): Uint8Array {
  const header = new Uint8Array(128).fill(0x20);
  header.set(new TextEncoder().encode("MATLAB 5.0 MAT-file"));
  header.set([0, 1, 0x49, 0x4d], 124);
  const written = Object.entries(variables).map(([name, value]) => {
    const element = matrix(value, name);
    return compress ? compressed(deflateSync(element)) : element;
  });
  return joined(header, ...written);
}

/** A variable of an uncompressed file as an element that is compressed, whatever its bytes. */
export function compressed(bytes: Uint8Array): Uint8Array {
  return joined(numbersOf("uint32", [TYPE.compressed, bytes.length]), bytes);
}

function matrix(value: MatValue, name = ""): Uint8Array {
  const kind = typeof value === "string"
    ? "char"
    : "cells" in value
    ? "cell"
    : "fields" in value
    ? "struct"
    : "double";
  const shape = typeof value === "string"
    ? [value === "" ? 0 : 1, value.length]
    : "fields" in value
    ? [1, 1]
    : value.shape;
  return element(
    "matrix",
    joined(
      element("uint32", numbersOf("uint32", [CLASS[kind], 0])),
      element("int32", numbersOf("int32", shape)),
      element("int8", new TextEncoder().encode(name)),
      content(value),
    ),
  );
}

function content(value: MatValue): Uint8Array {
  if (typeof value === "string") {
    return element("uint16", numbersOf("uint16", Array.from(value, (character) => character.charCodeAt(0))));
  }
  if ("numbers" in value) return element("double", numbersOf("double", value.numbers));
  if ("cells" in value) return joined(...value.cells.map((cell) => matrix(cell)));
  const names = new Uint8Array(LONGEST_NAME * Object.keys(value.fields).length);
  for (const [index, name] of Object.keys(value.fields).entries()) {
    names.set(new TextEncoder().encode(name), index * LONGEST_NAME);
  }
  return joined(
    // A small element: type and length share the first four bytes.
    numbersOf("uint32", [TYPE.int32 | 4 << 16, LONGEST_NAME]),
    element("int8", names),
    ...Object.values(value.fields).map((field) => matrix(field)),
  );
}

function element(type: keyof typeof TYPE, bytes: Uint8Array): Uint8Array {
  return joined(numbersOf("uint32", [TYPE[type], bytes.length]), bytes, new Uint8Array(-bytes.length & 7));
}

function numbersOf(type: "uint16" | "int32" | "uint32" | "double", numbers: ArrayLike<number>): Uint8Array {
  const width = { uint16: 2, int32: 4, uint32: 4, double: 8 }[type];
  const bytes = new Uint8Array(width * numbers.length), view = new DataView(bytes.buffer);
  for (let index = 0; index < numbers.length; index++) {
    if (type === "uint16") view.setUint16(width * index, numbers[index], true);
    else if (type === "int32") view.setInt32(width * index, numbers[index], true);
    else if (type === "uint32") view.setUint32(width * index, numbers[index], true);
    else view.setFloat64(width * index, numbers[index], true);
  }
  return bytes;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
