/** The whole tree of a MAT-file as plain values, read eagerly. */
import type { MatElement, MatFile } from "../../../src/formats/mat/element.ts";

/** An element with everything in it: `{class, shape, values}` of numbers, `{rows}`, `{shape, cells}`, `{shape, structs}`. */
export type Plain =
  | { class: string; shape: readonly number[]; values: number[] }
  | { shape: readonly number[]; rows: string[] }
  | { shape: readonly number[]; cells: Plain[] }
  | { shape: readonly number[]; structs: Record<string, Plain>[] };

export function plain(element: MatElement): Plain {
  const { shape, length } = element;
  const positions = () => Array.from({ length }, (_, index) => index);
  switch (element.kind) {
    case "array":
      return { class: element.class, shape, values: [...element.numbers()] };
    case "text":
      return { shape, rows: element.rows() };
    case "cell":
      return { shape, cells: positions().map((index) => plain(element.at(index))) };
    case "struct":
      return {
        shape,
        structs: positions().map((at) =>
          Object.fromEntries(element.fields.map((name) => [name, plain(element.field(name, { at }))]))
        ),
      };
  }
}

/** Every variable by name. */
export function plainFile(file: MatFile): Record<string, Plain> {
  return Object.fromEntries(file.names.map((name) => [name, plain(file.variable(name))]));
}
