/**
 * A table of float32 rows, read by range: memory does not grow with the file.
 *
 * @module
 */

/** Reads `length` bytes that begin at `offset`. */
export type ReadBytes = (offset: number, length: number) => Uint8Array;

/** A matrix of float32 whose rows are read when they are needed. */
export interface RowReader {
  /** How many rows there are. */
  readonly rows: number;
  /** Numbers in a row. */
  readonly columns: number;
  /** The rows at these positions, in this order, `[positions.length, columns]`. Throws RangeError for a position that does not exist. */
  read(positions: ArrayLike<number>): Float32Array;
}

/**
 * Opens little-endian float32 bytes as a matrix.
 *
 * Throws RangeError when the size is not a whole number of rows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const bytes = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);
 * const table = float32Rows((offset, length) => bytes.subarray(offset, offset + length), bytes.length, 2);
 * assert.deepEqual([...table.read([1, 0])], [3, 4, 1, 2]);
 * ```
 */
export function float32Rows(readBytes: ReadBytes, size: number, columns: number): RowReader {
  const bytesPerRow = 4 * columns;
  if (!Number.isInteger(columns) || columns < 1 || size % bytesPerRow !== 0) {
    throw new RangeError(
      `Cannot open float32 rows: the size must be a multiple of ${bytesPerRow} bytes, got ${size} bytes`,
    );
  }
  const rows = size / bytesPerRow;
  return {
    rows,
    columns,
    read(positions) {
      const values = new Float32Array(positions.length * columns);
      const target = new Uint8Array(values.buffer);
      for (let index = 0; index < positions.length;) {
        const first = positions[index];
        if (!Number.isInteger(first) || first < 0 || first >= rows) {
          throw new RangeError(`Cannot read a row: its position must be below ${rows}, got ${first}`);
        }
        // Neighbours are read in one go: features and scores walk through the file in order.
        let end = index + 1;
        while (end < positions.length && positions[end] === first + (end - index) && positions[end] < rows) {
          end++;
        }
        target.set(readBytes(first * bytesPerRow, (end - index) * bytesPerRow), index * bytesPerRow);
        index = end;
      }
      return values;
    },
  };
}

/** Rows that are already in memory, `[values.length / columns, columns]`. */
export function rowsInMemory(values: Float32Array, columns: number): RowReader {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return float32Rows((offset, length) => bytes.subarray(offset, offset + length), bytes.length, columns);
}
