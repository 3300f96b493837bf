/**
 * MAT-files of version 7.3, which are HDF5 with attributes of MATLAB's.
 *
 * @module
 */
import type { Dataset, Group } from "h5wasm";
import type { ByteSource } from "../bytes.ts";
import { missingName } from "./access.ts";
import { emptyArray } from "./array.ts";
import {
  DEEPEST,
  elementError,
  lengthOf,
  type MatElement,
  type MatFile,
  type NumberClass,
  rangeOf,
} from "./element.ts";
import { attributeOf, type Held, holdBytes, numbersIn, plausible, referencesIn, tried } from "./hdf5.ts";
import { rowsOf } from "./text.ts";

const NUMBERS: readonly string[] = [
  "double",
  "single",
  "int8",
  "uint8",
  "int16",
  "uint16",
  "int32",
  "uint32",
  "int64",
  "uint64",
  "logical",
] satisfies NumberClass[];

/** Where an element stands. */
interface At {
  readonly held: Held;
  readonly path: string;
  readonly depth: number;
}

/**
 * Opens a file, all of which is copied into memory until it is disposed.
 *
 * Read are numbers, logical arrays, characters, cell arrays (datasets of references) and structures (groups, or arrays of them); an
 * axis of HDF5 is the other way round, so that the order of numbers is MATLAB's. Throws as {@link openMat} does.
 *
 * Checked on a matrix that MATLAB wrote; cells, structures and characters on files of the same layout that the HDF5 library wrote.
 */
export async function openLevel73(source: ByteSource): Promise<MatFile> {
  const held = await holdBytes(source), { file } = source;
  // What references point to lies in a group whose name begins so.
  const names = held.names.filter((name) => !name.startsWith("#"));
  return {
    file,
    version: "7.3",
    names,
    variable(name) {
      if (!names.includes(name)) {
        throw missingName({ file, path: "the file" }, { what: "variable", name, known: names });
      }
      const at = { held, path: name, depth: 0 };
      return openEntity(held.child(held.root, { name, place: { file, path: name } }), at);
    },
    warnings: () => [],
    [Symbol.dispose]: () => held[Symbol.dispose](),
  };
}

function openEntity(entity: Dataset | Group, at: At): MatElement {
  if (at.depth > DEEPEST) {
    const place = { file: at.held.file, path: at.path };
    throw elementError(place, { must: `it must lie at most ${DEEPEST} levels deep`, got: "more" });
  }
  return isGroup(entity) ? openStruct(entity, at) : openDataset(entity, at);
}

function isGroup(entity: Dataset | Group): entity is Group {
  return "keys" in entity;
}

function openDataset(dataset: Dataset, at: At): MatElement {
  const { held, path, depth } = at, { file } = held, place = { file, path };
  const kind = attributeOf(dataset, { name: "MATLAB_class", place });
  const isEmpty = Number(attributeOf(dataset, { name: "MATLAB_empty", place }) ?? 0) === 1;
  const stored = tried(place, () => dataset.shape) ?? [];
  const { type } = tried(place, () => dataset.metadata);
  plausible(dataset, { size: held.size, place });
  // An empty array's dataset holds its dimensions.
  const shape = isEmpty ? [...numbersIn(dataset, place)] : stored.toReversed();
  const placed = { ...place, shape, length: lengthOf(shape, place) };
  if (kind === "cell") {
    return {
      ...placed,
      kind: "cell",
      at(index) {
        rangeOf(placed, { from: index, to: index + 1 });
        const target = held.follow(referencesIn(dataset, place)[index], place);
        return openEntity(target, { held, path: `${path}{${index + 1}}`, depth: depth + 1 });
      },
    };
  }
  if (kind === "char") {
    return {
      ...placed,
      kind: "text",
      rows: () => rowsOf(placed.length === 0 ? [] : numbersIn(dataset, place), placed),
    };
  }
  const isRead = typeof kind === "string" && NUMBERS.includes(kind) && type <= 1;
  if (!isRead) {
    throw elementError(place, {
      must: "it must be an array of real numbers, a text, a cell array or a struct",
      got: kind === null ? "a dataset without MATLAB_class" : type === 6 ? "complex" : kind,
      type: "TypeError",
    });
  }
  const array = { ...placed, class: kind as NumberClass };
  if (placed.length === 0) return emptyArray(array);
  return {
    ...array,
    kind: "array",
    numbers(range) {
      const { from, to } = rangeOf(placed, range);
      return numbersIn(dataset, place).subarray(from, to);
    },
  };
}

function openStruct(group: Group, { held, path, depth }: At): MatElement {
  const { file } = held, place = { file, path }, kind = attributeOf(group, { name: "MATLAB_class", place });
  const isSparse = attributeOf(group, { name: "MATLAB_sparse", place }) !== null;
  if (kind !== "struct" || isSparse) {
    throw elementError(place, {
      must: "a group must be a struct",
      got: isSparse ? "sparse" : kind ?? "a group without MATLAB_class",
      type: "TypeError",
    });
  }
  const fields = tried(place, () => group.keys());
  const get = (name: string) => held.child(group, { name, place });
  const first = fields.length === 0 ? null : get(fields[0]);
  // Of an array of structures each field is a dataset of references, which has no class.
  const isArray = first !== null && !isGroup(first) &&
    attributeOf(first, { name: "MATLAB_class", place }) === null;
  const shape = isArray ? (tried(place, () => first.shape) ?? []).toReversed() : [1, 1];
  const placed = { ...place, shape, length: lengthOf(shape, place) };
  return {
    ...placed,
    kind: "struct",
    fields,
    field(name, { at: index = 0 } = {}) {
      rangeOf(placed, { from: index, to: index + 1 });
      if (!fields.includes(name)) throw missingName(placed, { what: "field", name, known: fields });
      const own = get(name), of = placed.length === 1 ? path : `${path}(${index + 1})`;
      const target = isArray && !isGroup(own) ? held.follow(referencesIn(own, place)[index], place) : own;
      return openEntity(target, { held, path: `${of}.${name}`, depth: depth + 1 });
    },
  };
}
