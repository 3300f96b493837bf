/**
 * An HDF5 file in the memory of its library, and what datasets hold.
 *
 * @module
 */
import { endianness } from "node:os";
import type { Dataset, Group, Reference } from "h5wasm";
import type { ByteSource } from "../bytes.ts";
import { show } from "../../manifest/show.ts";
import { elementError } from "./element.ts";
import { type Storage, toNumbers } from "./numbers.ts";

type Place = { readonly file: string; readonly path: string };

/** An open file. */
export interface Held extends Disposable {
  readonly file: string;
  /** Bytes of the file. */
  readonly size: number;
  readonly root: Group;
  /** What the root holds. */
  readonly names: readonly string[];
  /** What stands in a group under a name. Throws TypeError when that is neither a dataset nor a group. */
  child(group: Group, options: { name: string; place: Place }): Dataset | Group;
  /** What a reference points to. Throws TypeError when that is neither a dataset nor a group. */
  follow(reference: Reference | undefined, place: Place): Dataset | Group;
}

const HOST_LITTLE_ENDIAN = endianness() === "LE";
const STORAGES = new Map<unknown, Storage>([
  [Int8Array, "int8"],
  [Uint8Array, "uint8"],
  [Int16Array, "int16"],
  [Uint16Array, "uint16"],
  [Int32Array, "int32"],
  [Uint32Array, "uint32"],
  [Float32Array, "float32"],
  [BigInt64Array, "int64"],
  [BigUint64Array, "uint64"],
]);
/** Classes of types in HDF5. */
const INTEGER = 0, FLOAT = 1, REFERENCE = 7;
const LONGEST_ATTRIBUTE = 256;
/** Bytes copied at a time. */
const STEP = 2 ** 24;
/** Deflate makes 1032 bytes of one at most; what is small may be all fill value. */
const MOST_TO_ONE = 1032, ALWAYS_PLAUSIBLE = 2 ** 20;

/**
 * Copies a file into the library's memory, and opens it there.
 *
 * Throws SyntaxError, with the file's name, for what isn't HDF5 or is broken where the library looks first. The library checks
 * less than the readers of this project do: after thousands of broken files its own memory may be broken, and so may a broken
 * file keep it from ending. Intact files do it no harm.
 */
export async function holdBytes(source: ByteSource): Promise<Held> {
  const { File, Group: GroupClass, Dataset: DatasetClass, ready } = await import("h5wasm");
  const library = await ready, { FS } = library;
  const { file, size } = source, whole = { file, path: "the file" };
  // Otherwise the library prints what is wrong, and goes on.
  tried(whole, () => library.activate_throwing_error_handler());
  const name = freeName((path) => FS.analyzePath(path).exists);
  using cleanup = new DisposableStack();
  const stream = FS.open(name, "w");
  cleanup.defer(() => FS.unlink(name));
  for (let offset = 0; offset < size; offset += STEP) {
    const bytes = source.read(offset, Math.min(STEP, size - offset));
    FS.write(stream, bytes, 0, bytes.length, offset);
  }
  FS.close(stream);
  const root = tried(whole, () => new File(name, "r"));
  cleanup.defer(() => {
    try {
      root.close();
    } catch {
      // A file that was only read loses nothing by staying open, and what was thrown before says what is wrong with it.
    }
  });
  const names = tried(whole, () => root.keys());
  const known = (found: unknown, place: Place): Dataset | Group => {
    if (found instanceof GroupClass || found instanceof DatasetClass) return found;
    throw elementError(place, {
      must: "there must be a dataset or a group",
      got: show(found),
      type: "TypeError",
    });
  };
  const kept = cleanup.move();
  return {
    file,
    size,
    root,
    names,
    child: (group, { name, place }) => known(tried(place, () => group.get(name)), place),
    follow: (reference, place) =>
      known(reference === undefined ? null : tried(place, () => root.dereference(reference)), place),
    [Symbol.dispose]: () => kept.dispose(),
  };
}

/** What the library gives; what it throws, as an error of the element: SyntaxError. */
export function tried<Value>(place: Place, read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).trim().split("\n");
    const message =
      `${place.file}: Cannot read ${place.path}: the HDF5 library must be able to, got: ${reason}`;
    throw new SyntaxError(message, { cause });
  }
}

/**
 * An attribute of fixed length, a text or a number; null where there is none.
 *
 * Throws TypeError for one of variable length, which MATLAB's are not and the library may never come to an end with, and for one of
 * several numbers.
 */
export function attributeOf(
  entity: Dataset | Group,
  { name, place }: { name: string; place: Place },
): string | number | null {
  const attribute = tried(place, () => entity.attrs[name]);
  if (attribute === undefined) return null;
  const { vlen, size, shape } = tried(place, () => attribute.metadata);
  const count = (shape ?? []).reduce((product, length) => product * length, 1);
  if (vlen || size > LONGEST_ATTRIBUTE || count !== 1) {
    const must = `its attribute ${name} must be one value of at most ${LONGEST_ATTRIBUTE} bytes`;
    const got = vlen ? "one of variable length" : `${count} of ${size} bytes`;
    throw elementError(place, { must, got, type: "TypeError" });
  }
  const value = tried(place, () => attribute.value);
  if (typeof value === "string" || typeof value === "number") return value;
  return ArrayBuffer.isView(value) && "0" in value ? Number(value[0]) : String(value);
}

/** The numbers of a dataset, as its bytes lie. Throws TypeError for what isn't numbers. */
export function numbersIn(dataset: Dataset, place: Place): Float64Array {
  mustBe(dataset, { types: [INTEGER, FLOAT], what: "numbers", place });
  const value = tried(place, () => dataset.value);
  if (value instanceof Float64Array) return value;
  if (typeof value === "number") return Float64Array.of(value);
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    const storage = STORAGES.get(value.constructor);
    if (storage !== undefined) return toNumbers(bytes, { storage, littleEndian: HOST_LITTLE_ENDIAN, place });
  }
  throw elementError(place, { must: "it must hold numbers", got: show(value), type: "TypeError" });
}

/** The references in a dataset, as its bytes lie. Throws TypeError for what isn't references. */
export function referencesIn(dataset: Dataset, place: Place): readonly Reference[] {
  mustBe(dataset, { types: [REFERENCE], what: "references", place });
  const value: unknown = tried(place, () => dataset.value);
  if (Array.isArray(value) && value.every(isReference)) return value;
  throw elementError(place, { must: "it must hold references", got: show(value), type: "TypeError" });
}

/** Throws RangeError when a dataset can't have as many bytes as it says, before memory is taken for them. */
export function plausible(dataset: Dataset, { size, place }: { size: number; place: Place }): void {
  const { shape, size: width } = tried(place, () => dataset.metadata);
  const bytes = (shape ?? []).reduce((product, length) => product * length, width);
  const most = Math.max(ALWAYS_PLAUSIBLE, MOST_TO_ONE * size);
  if (bytes <= most) return;
  throw elementError(place, { must: `it must have at most ${most} bytes in a file of ${size}`, got: bytes });
}

function mustBe(
  dataset: Dataset,
  { types, what, place }: { types: readonly number[]; what: string; place: Place },
): void {
  const { type } = tried(place, () => dataset.metadata);
  if (types.includes(type)) return;
  throw elementError(place, { must: `it must hold ${what}`, got: `type ${type} of HDF5`, type: "TypeError" });
}

function isReference(value: unknown): value is Reference {
  return typeof value === "object" && value !== null && "ref_data" in value;
}

function freeName(isTaken: (path: string) => boolean): string {
  for (let number = 1;; number++) {
    if (!isTaken(`/${number}.mat`)) return `/${number}.mat`;
  }
}
