/**
 * Arrays of numbers in a MAT-file of version 5.
 *
 * @module
 */
import { cursorAt, nextElement, type Place, STORAGE } from "./data_element.ts";
import { elementError, type MatArray, rangeOf } from "./element.ts";
import { bytesPer, toNumbers } from "./numbers.ts";

/**
 * The array whose numbers lie in `content`. They may be stored as a smaller type than that of the array, as MATLAB does.
 *
 * Throws SyntaxError for what is no number, RangeError when there are more or fewer than the shape needs.
 */
export function arrayOf(placed: Omit<MatArray, "kind" | "numbers">, content: Place): MatArray {
  if (placed.length === 0) return emptyArray(placed);
  const cursor = cursorAt(content), data = nextElement(cursor, content), storage = STORAGE[data.type];
  if (storage === undefined) {
    throw cursor.error("numbers must follow", `type ${data.type}`, { at: content.offset });
  }
  const width = bytesPer(storage), needed = placed.length * width;
  if (data.end - data.offset !== needed) {
    throw elementError(placed, {
      must: `its numbers must have ${needed} bytes`,
      got: data.end - data.offset,
    });
  }
  return {
    ...placed,
    kind: "array",
    numbers(range) {
      const { from, to } = rangeOf(placed, range);
      const bytes = data.source.read(data.offset + from * width, (to - from) * width);
      return toNumbers(bytes, { storage, littleEndian: data.littleEndian, place: placed });
    },
  };
}

/** An array without numbers. */
export function emptyArray(placed: Omit<MatArray, "kind" | "numbers">): MatArray {
  return {
    ...placed,
    kind: "array",
    numbers(range) {
      rangeOf(placed, range);
      return new Float64Array(0);
    },
  };
}
