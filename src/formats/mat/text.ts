/**
 * Characters in a MAT-file of version 5.
 *
 * @module
 */
import { cursorAt, ENCODING, nextElement, type Place, STORAGE } from "./data_element.ts";
import { elementError, type MatText } from "./element.ts";
import { bytesPer, toNumbers } from "./numbers.ts";

/**
 * The text whose characters lie in `content`: of one or two bytes each, or in UTF-8, UTF-16 or UTF-32.
 *
 * Reading its rows throws SyntaxError for what is no text, RangeError when there are more or fewer characters than the shape needs.
 */
export function textOf(placed: Omit<MatText, "kind" | "rows">, content: Place): MatText {
  const codes = (): ArrayLike<number> => {
    if (placed.length === 0) return [];
    const cursor = cursorAt(content), { type, offset, end, littleEndian } = nextElement(cursor, content);
    const encoding = ENCODING[type], bytes = content.source.read(offset, end - offset);
    // MATLAB has written a space so.
    if (bytes.length === 0 && placed.length === 1) return [0x20];
    if (encoding === "utf-8") return fromUtf8(bytes, placed.length);
    const storage = { "utf-16": "uint16", "utf-32": "uint32", none: STORAGE[type] } as const;
    const stored = storage[encoding ?? "none"];
    if (stored === undefined || !/^u?int/.test(stored) || bytes.length % bytesPer(stored) !== 0) {
      throw cursor.error("characters must follow", `type ${type}`, { at: content.offset });
    }
    return toNumbers(bytes, { storage: stored, littleEndian, place: placed });
  };
  return {
    ...placed,
    kind: "text",
    rows() {
      const own = codes();
      if (own.length !== placed.length) {
        throw elementError(placed, { must: `it must have ${placed.length} characters`, got: own.length });
      }
      return rowsOf(own, placed);
    },
  };
}

/** Characters by their codes in column-major order as the text of each row; more axes than two are one row. */
export function rowsOf(codes: ArrayLike<number>, placed: Omit<MatText, "kind" | "rows">): string[] {
  const rows = placed.shape.length === 2 ? placed.shape[0] : 1;
  if (codes.length === 0) return rows > 0 ? [""] : [];
  const texts = Array.from({ length: rows }, () => "");
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index];
    if (!(Number.isInteger(code) && code >= 0 && code <= 0x10ffff)) {
      throw elementError(placed, { must: "a character must be a whole number to 0x10FFFF", got: code });
    }
    texts[index % rows] += String.fromCodePoint(code);
  }
  return texts;
}

/** A shape counts characters or, as MATLAB does, UTF-16 units. */
function fromUtf8(bytes: Uint8Array, length: number): number[] {
  const text = new TextDecoder().decode(bytes);
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  return codes.length === length
    ? codes
    : Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}
