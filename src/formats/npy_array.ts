/**
 * One array of NumPy with all its numbers, from a file of its own (NPY) or from an archive (NPZ).
 *
 * @module
 */
import { unzipSync } from "fflate";
import { bytesInMemory, type ByteSource } from "./bytes.ts";
import { readNpyHeader } from "./npy.ts";

/** An array, its last axis running fastest. */
export interface NumberArray {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** The most numbers that an array may hold: 1 GiB of them. */
const MOST_NUMBERS = 2 ** 27;
/** Bytes that deflate can make of one. */
const MOST_PACKED = 1032;

type Read = (view: DataView, offset: number, little: boolean) => number;

/** How a number of each type is read, after NumPy's letter and size. */
const TYPES: Readonly<Record<string, readonly [bytes: number, read: Read]>> = {
  f4: [4, (view, offset, little) => view.getFloat32(offset, little)],
  f8: [8, (view, offset, little) => view.getFloat64(offset, little)],
  i1: [1, (view, offset) => view.getInt8(offset)],
  i2: [2, (view, offset, little) => view.getInt16(offset, little)],
  i4: [4, (view, offset, little) => view.getInt32(offset, little)],
  i8: [8, (view, offset, little) => Number(view.getBigInt64(offset, little))],
  u1: [1, (view, offset) => view.getUint8(offset)],
  u2: [2, (view, offset, little) => view.getUint16(offset, little)],
  u4: [4, (view, offset, little) => view.getUint32(offset, little)],
  u8: [8, (view, offset, little) => Number(view.getBigUint64(offset, little))],
  b1: [1, (view, offset) => view.getUint8(offset)],
};

/**
 * Reads an NPY file whole: real numbers or bool of any size and byte order, C or Fortran order, as float64.
 *
 * Throws SyntaxError or RangeError, with the file, for what is no NPY file, another type, more than 2^27 numbers, and a file that is not
 * as long as its header says. Whole numbers beyond 2^53 are rounded.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { bytesInMemory } from "./bytes.ts";
 * const header = "{'descr': '>i2', 'fortran_order': True, 'shape': (2, 2), }";
 * const bytes = new Uint8Array([
 *   ...[0x93, 78, 85, 77, 80, 89, 1, 0, header.length, 0],
 *   ...new TextEncoder().encode(header),
 *   ...[0, 1, 0, 2, 0, 3, 0, 4],
 * ]);
 * const { shape, values } = readNpyArray(bytesInMemory(bytes, { file: "a.npy" }));
 * assert.deepEqual([[...shape], [...values]], [[2, 2], [1, 3, 2, 4]]);
 * ```
 */
export function readNpyArray(source: ByteSource): NumberArray {
  const { file } = source,
    { descr, fortranOrder, shape, dataOffset } = withFile(
      file,
      () => readNpyHeader((offset, length) => source.read(offset, length), source.size),
    );
  const [, order, type] = /^([<>|=])(\w+)$/.exec(descr) ?? [];
  const known = type === undefined || !Object.hasOwn(TYPES, type) ? undefined : TYPES[type];
  if (known === undefined) {
    throw new RangeError(`${file}: Cannot read NPY: its numbers must be real, got the type ${descr}`);
  }
  const [itemBytes, read] = known, count = shape.reduce((product, length) => product * length, 1);
  if (!(count <= MOST_NUMBERS)) {
    throw new RangeError(
      `${file}: Cannot read NPY: it must hold at most ${MOST_NUMBERS} numbers, got ${count}`,
    );
  }
  if (source.size !== dataOffset + count * itemBytes) {
    throw new RangeError(
      `${file}: Cannot read NPY: an array of shape (${shape.join(", ")}) must end at byte ${
        dataOffset + count * itemBytes
      }, got ${source.size} bytes`,
    );
  }
  const bytes = source.read(dataOffset, count * itemBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), little = order !== ">";
  const values = Float64Array.from({ length: count }, (_, index) => read(view, index * itemBytes, little));
  return { shape, values: fortranOrder ? inRowOrder(values, shape) : values };
}

/**
 * Reads every array of an NPZ archive by its name, compressed or not.
 *
 * Throws SyntaxError for what is no archive, and as {@link readNpyArray} does, with `file.npz: name` in place of the file.
 */
export function readNpz(bytes: Uint8Array, { file }: { file: string }): ReadonlyMap<string, NumberArray> {
  let total = 0;
  const entries = withFile(file, () =>
    unzipSync(bytes, {
      filter({ name, size, originalSize }) {
        total += originalSize;
        if (total <= 8 * MOST_NUMBERS && originalSize <= MOST_PACKED * (size + 1)) {
          return name.endsWith(".npy");
        }
        throw new RangeError(
          `Cannot read NPZ: ${name} must unpack to what deflate can hold, got ${originalSize} bytes`,
        );
      },
    }));
  return new Map(
    Object.entries(entries).map(([name, content]) => {
      const array = name.slice(0, -".npy".length);
      return [array, readNpyArray(bytesInMemory(content, { file: `${file}: ${array}` }))];
    }),
  );
}

/** What others say of the content, with the file before it. */
function withFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { message } = error as Error;
    const Kind = error instanceof RangeError ? RangeError : SyntaxError;
    throw new Kind(
      message.startsWith(file) ? message : `${file}: ${message.replace(/^(?!Cannot)/, "Cannot read NPZ: ")}`,
      {
        cause: error,
      },
    );
  }
}

function inRowOrder(values: Float64Array, shape: readonly number[]): Float64Array {
  const ordered = new Float64Array(values.length), index = shape.map(() => 0);
  for (let position = 0; position < values.length; position++) {
    let at = 0;
    for (let axis = 0; axis < shape.length; axis++) at = at * shape[axis] + index[axis];
    ordered[at] = values[position];
    for (let axis = 0; axis < shape.length && ++index[axis] === shape[axis]; axis++) index[axis] = 0;
  }
  return ordered;
}
