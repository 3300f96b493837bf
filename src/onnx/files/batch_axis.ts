/**
 * Lengths of axes that follow from the batch, as a file names them: `batch`, or `12*batch` where the batch is joined with other axes.
 *
 * @module
 */

/** The name of the axis that may have any length. */
export const BATCH = "batch";

/** A length, the name of one that is given with the input, or null for one that follows from it in another way. */
export type Dimension = number | string | null;

/** Two lengths of the batch at which a function is recorded. */
export type TwoLengths = readonly [number, number];

/** How often the batch is in a length that was recorded at two of them: 0 when it is fixed, undefined when it is anything else. */
export function batchFactor([short, long]: TwoLengths, batches: TwoLengths): number | undefined {
  if (short === long) return 0;
  const factor = short / batches[0];
  return Number.isInteger(factor) && factor * batches[1] === long ? factor : undefined;
}

/**
 * What a file says of a length that was recorded at two lengths of the batch.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const batches = [11, 13] as const;
 * const dimensions = ([[5, 5], [11, 13], [22, 26], [12, 14]] as const).map((lengths) => dimensionOf(lengths, batches));
 * assert.deepEqual(dimensions, [5, "batch", "2*batch", null]);
 * ```
 */
export function dimensionOf(lengths: TwoLengths, batches: TwoLengths): Dimension {
  const factor = batchFactor(lengths, batches);
  if (factor === undefined) return null;
  if (factor === 0) return lengths[0];
  return factor === 1 ? BATCH : `${factor}*${BATCH}`;
}

/**
 * What a length is at one size of the batch, or undefined where it doesn't follow.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([5, "batch", "2*batch", "time", null].map((one) => lengthAt(one, 64)), [5, 64, 128, undefined, undefined]);
 * ```
 */
export function lengthAt(dimension: Dimension, batch: number): number | undefined {
  if (typeof dimension === "number") return dimension;
  const match = PATTERN.exec(dimension ?? "");
  return match === null ? undefined : Number(match[1] ?? 1) * batch;
}

const PATTERN = new RegExp(`^(?:(\\d+)\\*)?${BATCH}$`);
