/**
 * Bytes to numbers, of every type that a MAT-file stores, in either order of bytes.
 *
 * @module
 */
import { endianness } from "node:os";
import { elementError } from "./element.ts";

const HOST_LITTLE_ENDIAN = endianness() === "LE";

const VIEWS = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
} as const;

/** How a number is stored. */
export type Storage = keyof typeof VIEWS;

/** Bytes of a number. */
export function bytesPer(storage: Storage): number {
  return VIEWS[storage].BYTES_PER_ELEMENT;
}

/**
 * The numbers in bytes as doubles. Throws RangeError, with the element's path, for one of 64 bits that a double can't hold exactly.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const options = { storage: "int16", littleEndian: false, place: { file: "a.mat", path: "x" } } as const;
 * assert.deepEqual(toNumbers(Uint8Array.of(1, 2, 255, 255), options), Float64Array.of(258, -1));
 * ```
 */
export function toNumbers(
  bytes: Uint8Array,
  { storage, littleEndian, place }: {
    storage: Storage;
    littleEndian: boolean;
    place: { readonly file: string; readonly path: string };
  },
): Float64Array {
  // A copy, because a view of the bytes needn't begin where a number can.
  const own = Uint8Array.from(bytes), width = bytesPer(storage);
  if (littleEndian !== HOST_LITTLE_ENDIAN) {
    for (let start = 0; start < own.length; start += width) own.subarray(start, start + width).reverse();
  }
  const numbers = new VIEWS[storage](own.buffer);
  if (numbers instanceof Float64Array) return numbers;
  if (numbers instanceof BigInt64Array || numbers instanceof BigUint64Array) {
    return Float64Array.from(numbers, (number) => {
      if (Number.isSafeInteger(Number(number))) return Number(number);
      throw elementError(place, { must: "whole numbers must lie within 2^53 - 1", got: number });
    });
  }
  return Float64Array.from(numbers);
}
