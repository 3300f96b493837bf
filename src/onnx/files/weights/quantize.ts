/**
 * Weights as eight-bit whole numbers.
 *
 * @module
 */

/** A quantized weight. */
export interface Quantized {
  /** From -127 to 127, in the order of the weight. */
  readonly integers: Int8Array<ArrayBuffer>;
  /** What the whole numbers at each index of the axis are multiplied by. */
  readonly scale: Float32Array<ArrayBuffer>;
  /** The axis that the scales belong to. */
  readonly axis: number;
}

/** The largest whole number; -128 is left out, so that a weight and its negative have the same error. */
const LARGEST = 127;

/**
 * Quantizes a weight with one scale for each index of an axis: q = round(w / s), ties to even, s = max |w| / 127, or 1 where all are 0.
 *
 * The axis is the last that is longer than 1: for kernels of dense layers and convolutions their outputs, for those of depthwise
 * convolutions their channels. Throws RangeError for a number that is not finite; the message calls the weight `name`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { integers, scale, axis } = quantize(Float32Array.of(1, 100, -0.5, 50, 0, -100), { shape: [3, 2], name: "kernel" });
 * assert.deepEqual([axis, ...integers], [1, 127, 127, -64, 64, 0, -127]);
 * assert.deepEqual(scale, Float32Array.of(1 / 127, 100 / 127));
 * ```
 */
export function quantize(
  values: Float32Array,
  { shape, name }: { shape: readonly number[]; name: string },
): Quantized {
  const wrong = values.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) {
    throw new RangeError(`Cannot quantize the weight "${name}": its numbers must be finite, got ${wrong}`);
  }
  const axis = Math.max(0, shape.findLastIndex((length) => length > 1));
  const index = indexAlong(shape, axis), largest = new Float32Array(shape[axis]);
  values.forEach((value, place) => {
    largest[index(place)] = Math.max(largest[index(place)], Math.abs(value));
  });
  const scale = largest.map((value) => value === 0 ? 1 : value / LARGEST);
  const integers = Int8Array.from(values, (value, place) => roundToEven(value / scale[index(place)]));
  return { integers, scale, axis };
}

/** The numbers of a quantized weight: scale times whole number. */
export function dequantize(
  { integers, scale, axis }: Quantized,
  { shape }: { shape: readonly number[] },
): Float32Array {
  const index = indexAlong(shape, axis);
  return Float32Array.from(integers, (integer, place) => scale[index(place)] * integer);
}

/** Which index of the axis an element is at. */
function indexAlong(shape: readonly number[], axis: number): (place: number) => number {
  const stride = shape.slice(axis + 1).reduce((product, length) => product * length, 1);
  return (place) => Math.floor(place / stride) % shape[axis];
}

/** The division can end a rounding error above 127, which an Int8Array would turn into -128. */
function roundToEven(value: number): number {
  const floor = Math.floor(value), rest = value - floor;
  const rounded = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
  return Math.max(-LARGEST, Math.min(LARGEST, rounded));
}
