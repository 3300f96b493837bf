/**
 * Reading many small parts of a file with few reads.
 *
 * @module
 */
import { type ByteSource, mustHold } from "./bytes.ts";

const BLOCK_BYTES = 65_536;

/**
 * The same bytes, read in blocks: parts up to a block's length are taken from the block that was read last, where they lie in it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { bytesInMemory } from "./bytes.ts";
 * const reads: number[] = [], memory = bytesInMemory(Uint8Array.of(1, 2, 3), { file: "a.bin" });
 * const source = buffered({
 *   ...memory,
 *   read(offset, length) {
 *     reads.push(offset);
 *     return memory.read(offset, length);
 *   },
 * });
 * assert.deepEqual([...source.read(0, 1), ...source.read(1, 2)], [1, 2, 3]);
 * assert.deepEqual(reads, [0]);
 * ```
 */
export function buffered(
  source: ByteSource,
  { blockBytes = BLOCK_BYTES }: { readonly blockBytes?: number } = {},
): ByteSource {
  const { file, size } = source;
  let block: Uint8Array = new Uint8Array(0), start = 0;
  return {
    file,
    size,
    read(offset, length) {
      mustHold({ file, size }, { offset, length });
      if (length > blockBytes) return source.read(offset, length);
      if (offset < start || offset + length > start + block.length) {
        block = source.read(offset, Math.min(blockBytes, size - offset));
        start = offset;
      }
      return block.subarray(offset - start, offset - start + length);
    },
  };
}
