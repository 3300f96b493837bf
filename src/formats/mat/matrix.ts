/**
 * A matrix of a MAT-file of version 5 as an element of the tree.
 *
 * @module
 */
import { arrayOf } from "./array.ts";
import type { DataElement } from "./data_element.ts";
import { DEEPEST, elementError, lengthOf, type MatElement } from "./element.ts";
import { cellOf, structOf } from "./holders.ts";
import { readMatrixHeader } from "./matrix_header.ts";
import { textOf } from "./text.ts";

/**
 * Opens a matrix; its content is read when it is asked for.
 *
 * Throws what {@link readMatrixHeader} does, and with the element's path TypeError for complex and sparse arrays, objects and
 * function handles, RangeError for what is nested too deeply or has more or fewer bytes than its shape needs.
 */
export function openMatrix(
  matrix: DataElement,
  { file, path, depth }: { file: string; path: string; depth: number },
): MatElement {
  const { class: kind, shape, content } = readMatrixHeader(matrix);
  const place = { file, path };
  if (depth > DEEPEST) {
    throw elementError(place, { must: `it must lie at most ${DEEPEST} levels deep`, got: "more" });
  }
  const placed = { ...place, shape, length: lengthOf(shape, place) };
  const open = (child: DataElement, childPath: string) =>
    openMatrix(child, { file, path: childPath, depth: depth + 1 });
  switch (kind) {
    case "object":
    case "sparse":
    case "function handle":
    case "opaque":
    case "complex":
      throw elementError(place, {
        must: "it must be an array of real numbers, a text, a cell array or a struct",
        got: kind,
        type: "TypeError",
      });
    case "cell":
      return cellOf(placed, { content, open });
    case "struct":
      return structOf(placed, { content, open });
    case "char":
      return textOf(placed, content);
    default:
      return arrayOf({ ...placed, class: kind }, content);
  }
}
