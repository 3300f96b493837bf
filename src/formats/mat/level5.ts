/**
 * MAT-files of version 5, as MATLAB has written them since 1996 and compresses them since version 7.
 *
 * @module
 */
import { type ByteSource, cursorOn, latin1 } from "../bytes.ts";
import { missingName } from "./access.ts";
import { cursorAt, type DataElement, MI_COMPRESSED, MI_MATRIX, nextElement } from "./data_element.ts";
import type { MatFile } from "./element.ts";
import { type Inflated, inflated } from "./inflate.ts";
import { openMatrix } from "./matrix.ts";
import { readMatrixHeader } from "./matrix_header.ts";

const HEADER_BYTES = 128, VERSION_AT = 124;

/** Whether a file ends its first 128 bytes as this version does. */
export function isLevel5(source: ByteSource): boolean {
  return source.size >= HEADER_BYTES && ["IM", "MI"].includes(latin1(source.read(VERSION_AT + 2, 2)));
}

/**
 * Opens a file; nothing is read but where its variables lie and their names. Compressed ones are inflated by {@link inflated}, those
 * of more than `wholeBytes` as they are read.
 *
 * Throws SyntaxError for what is no such file, RangeError where it breaks off.
 *
 * Source: MAT-File Format (The MathWorks, R2021b), Level 5.
 */
export function openLevel5(source: ByteSource, { wholeBytes }: { wholeBytes?: number } = {}): MatFile {
  const littleEndian = latin1(source.read(VERSION_AT + 2, 2)) === "IM";
  const cursor = cursorOn(source, { offset: HEADER_BYTES, littleEndian });
  const place = { source, littleEndian, offset: HEADER_BYTES, end: source.size };
  const variables = new Map<string, DataElement>(),
    warnings: string[] = [],
    opened = new Map<string, Inflated>();
  while (cursor.left > 0) {
    const at = cursor.offset, element = nextElement(cursor, place);
    if (element.type !== MI_MATRIX && element.type !== MI_COMPRESSED) {
      throw cursor.error("a variable (type 14 or 15) must begin", `type ${element.type}`, { at });
    }
    const { name } = readMatrixHeader(matrixOf(inflatedHead(element)));
    // What functions and objects refer to is a variable without a name.
    if (name === "") continue;
    if (variables.has(name)) {
      throw cursor.error("the names of variables must differ", `${name} again`, { at });
    }
    variables.set(name, element);
  }
  return {
    file: source.file,
    version: "5",
    names: [...variables.keys()],
    variable(name) {
      const element = variables.get(name);
      if (element === undefined) {
        throw missingName({ file: source.file, path: "the file" }, {
          what: "variable",
          name,
          known: [...variables.keys()],
        });
      }
      const place = { file: source.file, path: name, depth: 0 };
      if (element.type === MI_MATRIX) return openMatrix(element, place);
      opened.get(name)?.finish();
      const bytes = inflated(compressedOf(element), {
        wholeBytes,
        warn(what) {
          const warning = `${source.file}: ${name}: ${what}; it was read all the same`;
          if (!warnings.includes(warning)) warnings.push(warning);
        },
      });
      opened.set(name, bytes);
      return openMatrix(matrixOf({ ...element, source: bytes, offset: 0, end: bytes.size }), place);
    },
    warnings() {
      for (const bytes of opened.values()) bytes.finish();
      return [...warnings].sort();
    },
    [Symbol.dispose]() {
      opened.clear();
    },
  };
}

function compressedOf({ source, offset, end, littleEndian }: DataElement) {
  return { source, offset, length: end - offset, littleEndian };
}

/** A compressed element as far as its header; others as they are. */
function inflatedHead(element: DataElement): DataElement {
  if (element.type === MI_MATRIX) return element;
  const bytes = inflated(compressedOf(element), { wholeBytes: 0, warn: () => {} });
  return { ...element, source: bytes, offset: 0, end: bytes.size };
}

/** The one matrix that a compressed element inflates to; a matrix as it is. */
function matrixOf(element: DataElement): DataElement {
  return element.type === MI_MATRIX ? element : nextElement(cursorAt(element), element);
}
