/**
 * Saying what an element of a MAT-file must be, with its path in the message where it isn't.
 *
 * @module
 */
import { didYouMean } from "../../manifest/choice.ts";
import { joinNames } from "../../manifest/show.ts";
import {
  elementError,
  type MatArray,
  type MatCell,
  type MatElement,
  type MatStruct,
  shapeText,
} from "./element.ts";

/** A shape that is asked for; null is any length. */
export type AskedShape = readonly (number | null)[];

/** What an element is, for the end of a message: `1 x 20 cell array`. */
export function describe(element: MatElement): string {
  const what = {
    array: element.kind === "array" ? element.class : "",
    text: "char array",
    cell: "cell array",
    struct: "struct",
  };
  return `${shapeText(element.shape)} ${what[element.kind]}`;
}

/** An array of numbers, of a shape if one is given. Throws TypeError otherwise. */
export function asArray(element: MatElement, { shape }: { shape?: AskedShape } = {}): MatArray {
  if (element.kind === "array" && (shape === undefined || fits(element.shape, shape))) return element;
  throw wrong(
    element,
    shape === undefined
      ? "an array of numbers"
      : `an array of ${shape.map((axis) => axis ?? "any").join(" x ")} numbers`,
  );
}

/** One number. Throws TypeError for anything else. */
export function asNumber(element: MatElement): number {
  if (element.kind === "array" && element.length === 1) return element.numbers()[0];
  throw wrong(element, "one number");
}

/** A text of one row; an empty array is "". Throws TypeError for anything else. */
export function asText(element: MatElement): string {
  if (element.length === 0 && element.kind !== "struct") return "";
  if (element.kind !== "text") throw wrong(element, "a text");
  const rows = element.rows();
  if (rows.length === 1) return rows[0];
  throw wrong(element, "a text of one row");
}

/** A cell array. Throws TypeError for anything else. */
export function asCell(element: MatElement): MatCell {
  if (element.kind === "cell") return element;
  throw wrong(element, "a cell array");
}

/** A single structure with these fields among others. Throws TypeError for anything else, RangeError without a field. */
export function asStruct(
  element: MatElement,
  { fields = [] }: { fields?: readonly string[] } = {},
): MatStruct {
  if (element.kind !== "struct" || element.length !== 1) throw wrong(element, "one struct");
  for (const name of fields) {
    if (!element.fields.includes(name)) {
      throw missingName(element, { what: "field", name, known: element.fields });
    }
  }
  return element;
}

/** The numbers of a column, from 0, of a matrix. */
export function columnOf(matrix: MatArray, { column }: { column: number }): Float64Array {
  const [rows] = matrix.shape;
  return matrix.numbers({ from: column * rows, to: (column + 1) * rows });
}

/** The error for a name that isn't there; `what` as in `field`. */
export function missingName(
  place: { readonly file: string; readonly path: string },
  { what, name, known }: { what: string; name: string; known: readonly string[] },
): Error {
  return elementError(place, {
    must: `it must have the ${what} ${name}`,
    got: `${known.length === 0 ? "none" : joinNames(known, { last: "and" })}${didYouMean(name, known)}`,
  });
}

/** The error for an element that is something else; `must` as in `a cell array`. */
export function wrong(element: MatElement, must: string): Error {
  return elementError(element, { must: `it must be ${must}`, got: describe(element), type: "TypeError" });
}

function fits(shape: readonly number[], asked: AskedShape): boolean {
  return shape.length === asked.length &&
    asked.every((length, axis) => length === null || length === shape[axis]);
}
