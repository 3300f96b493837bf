/**
 * Cells and structures in a MAT-file of version 5: matrices that hold matrices.
 *
 * @module
 */
import { latin1 } from "../bytes.ts";
import { missingName } from "./access.ts";
import { cursorAt, type DataElement, nextElement, type Place } from "./data_element.ts";
import { elementError, type MatCell, type MatElement, type MatStruct } from "./element.ts";

type Open = (child: DataElement, path: string) => MatElement;

/** Bytes of the shortest element, a tag. */
const SHORTEST = 8;
/** Structures without fields, which take no bytes. */
const MOST_EMPTY = 65_536;

/** The cell array whose elements lie in `content` one after another. Throws RangeError when its bytes can't be so many. */
export function cellOf(
  placed: Omit<MatCell, "kind" | "at">,
  { content, open }: { content: Place; open: Open },
): MatCell {
  const child = children(placed, { content, count: placed.length });
  return {
    ...placed,
    kind: "cell",
    at(index) {
      mustHold(placed, index);
      return open(child(index), `${placed.path}{${index + 1}}`);
    },
  };
}

/**
 * The structures whose fields lie in `content`, those of one structure following each other.
 *
 * Throws SyntaxError for field names that can't be read, RangeError when its bytes can't be so many.
 */
export function structOf(
  placed: Omit<MatStruct, "kind" | "fields" | "field">,
  { content, open }: { content: Place; open: Open },
): MatStruct {
  const cursor = cursorAt(content), at = cursor.offset;
  const lengths = nextElement(cursor, content), width = cursorAt(lengths).number("int32");
  const names = nextElement(cursor, content), bytes = names.end - names.offset;
  if (!(width > 0 && bytes % width === 0)) {
    throw cursor.error("the names of fields must be of one length", `${bytes} bytes of ${width}`, { at });
  }
  const fields = Array.from({ length: bytes / width }, (_, field) => {
    const name = latin1(content.source.read(names.offset + field * width, width));
    return name.split("\0")[0];
  });
  if (fields.length === 0 && placed.length > MOST_EMPTY) {
    throw elementError(placed, {
      must: `there must be at most ${MOST_EMPTY} structs without fields`,
      got: placed.length,
    });
  }
  const rest = { ...content, offset: cursor.offset };
  const child = children(placed, { content: rest, count: placed.length * fields.length });
  return {
    ...placed,
    kind: "struct",
    fields,
    field(name, { at: index = 0 } = {}) {
      mustHold(placed, index);
      const field = fields.indexOf(name);
      if (field === -1) throw missingName(placed, { what: "field", name, known: fields });
      const of = placed.length === 1 ? placed.path : `${placed.path}(${index + 1})`;
      return open(child(index * fields.length + field), `${of}.${name}`);
    },
  };
}

/** Finds elements that follow each other, and remembers where they begin. */
function children(
  placed: { readonly file: string; readonly path: string },
  { content, count }: { content: Place; count: number },
): (index: number) => DataElement {
  const { offset, end } = content;
  if (count * SHORTEST > end - offset) {
    throw elementError(placed, {
      must: `its ${count} elements must have 8 bytes or more each`,
      got: end - offset,
    });
  }
  const starts = [offset];
  return (index) => {
    const known = Math.min(index, starts.length - 1);
    const cursor = cursorAt({ ...content, offset: starts[known] });
    for (let at = known; at < index; at++) {
      nextElement(cursor, content);
      starts[at + 1] ??= cursor.offset;
    }
    const child = nextElement(cursor, content);
    // Looking at this one's length again, behind its content, would begin a large variable anew.
    starts[index + 1] ??= cursor.offset;
    return child;
  };
}

function mustHold(placed: { file: string; path: string; length: number }, index: number): void {
  if (Number.isInteger(index) && index >= 0 && index < placed.length) return;
  throw elementError(placed, {
    must: `what is asked for must be one of its ${placed.length} elements`,
    got: `element ${index + 1}`,
  });
}
