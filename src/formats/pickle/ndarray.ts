/**
 * NumPy's arrays in pickles: their types, and their numbers when they are asked for.
 *
 * @module
 */
import { decodeStored, type StoredBytes } from "./stored_bytes.ts";

/** The numbers of an array. */
export type NdValues =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>;

/** The types that are read, by NumPy's letter and the bytes of a number; `b1` is a truth value, 0 or 1. */
export const DTYPES = {
  f4: { bytes: 4, view: (buffer: ArrayBuffer) => new Float32Array(buffer) },
  f8: { bytes: 8, view: (buffer: ArrayBuffer) => new Float64Array(buffer) },
  i1: { bytes: 1, view: (buffer: ArrayBuffer) => new Int8Array(buffer) },
  i2: { bytes: 2, view: (buffer: ArrayBuffer) => new Int16Array(buffer) },
  i4: { bytes: 4, view: (buffer: ArrayBuffer) => new Int32Array(buffer) },
  i8: { bytes: 8, view: (buffer: ArrayBuffer) => new BigInt64Array(buffer) },
  u1: { bytes: 1, view: (buffer: ArrayBuffer) => new Uint8Array(buffer) },
  u2: { bytes: 2, view: (buffer: ArrayBuffer) => new Uint16Array(buffer) },
  u4: { bytes: 4, view: (buffer: ArrayBuffer) => new Uint32Array(buffer) },
  u8: { bytes: 8, view: (buffer: ArrayBuffer) => new BigUint64Array(buffer) },
  b1: { bytes: 1, view: (buffer: ArrayBuffer) => new Uint8Array(buffer) },
} as const satisfies Record<string, { bytes: number; view: (buffer: ArrayBuffer) => NdValues }>;

/** The name of a type of numbers. */
export type DtypeName = keyof typeof DTYPES;

/** The type of an array's numbers and the order of their bytes. */
export interface Dtype {
  readonly kind: "dtype";
  readonly name: DtypeName;
  littleEndian: boolean;
}

/** An array. */
export interface NdArray {
  readonly kind: "ndarray";
  /** The file, and where the array is described in it, which messages name. */
  readonly file: string;
  readonly at: number;
  /** The length of each axis; empty for a single number. */
  shape: readonly number[];
  dtype: Dtype;
  /** Whether the first axis runs fastest in the file, and not the last. */
  fortranOrder: boolean;
  /** The bytes of its numbers; null before the pickle has given them. */
  data: StoredBytes | null;
}

/**
 * An array's numbers, the last axis running fastest, `[shape[0] * shape[1] * ...]`.
 *
 * They are decoded from the file piece by piece, so that memory holds them once; numbers of 64 bits are bigints.
 * Throws, with file and byte, RangeError unless the file has as many bytes as the shape says; SyntaxError where a byte is written
 * wrongly; TypeError for an array whose pickle doesn't give it data.
 */
export function readArray({ file, at, shape, dtype, fortranOrder, data }: NdArray): NdValues {
  const place = `${file}: Cannot read byte ${at}`;
  if (data === null) throw new TypeError(`${place}: an array must have data, got none`);
  const { bytes: itemBytes, view } = DTYPES[dtype.name];
  const wanted = shape.reduce((product, length) => product * length, itemBytes);
  const refuse = (got: number | string) =>
    new RangeError(
      `${place}: an array of shape (${shape.join(", ")}) and type ${dtype.name} ` +
        `must have ${wanted} bytes, got ${got}`,
    );
  // No encoding has less than a byte for each.
  if (!(wanted <= data.length)) throw refuse(`at most ${data.length}`);
  const bytes = new Uint8Array(wanted), got = decodeStored(data, bytes);
  if (got !== wanted) throw refuse(got);
  if (!dtype.littleEndian) reverseEach(bytes, itemBytes);
  if (!fortranOrder || shape.filter((length) => length > 1).length < 2) return view(bytes.buffer);
  return view(lastAxisFastest(bytes, { shape, itemBytes }).buffer);
}

function reverseEach(bytes: Uint8Array, itemBytes: number): void {
  if (itemBytes === 1) return;
  for (let first = 0; first < bytes.length; first += itemBytes) {
    bytes.subarray(first, first + itemBytes).reverse();
  }
}

/** The items of an array whose first axis runs fastest, in the order in which the last one does. */
function lastAxisFastest(
  bytes: Uint8Array,
  { shape, itemBytes }: { shape: readonly number[]; itemBytes: number },
): Uint8Array<ArrayBuffer> {
  const ordered = new Uint8Array(bytes.length), items = bytes.length / itemBytes;
  const index = shape.map(() => 0);
  const strides = shape.map((_, axis) =>
    shape.slice(0, axis).reduce((product, length) => product * length, 1)
  );
  let from = 0;
  for (let item = 0; item < items; item++) {
    for (let byte = 0; byte < itemBytes; byte++) {
      ordered[item * itemBytes + byte] = bytes[from * itemBytes + byte];
    }
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return ordered;
}
