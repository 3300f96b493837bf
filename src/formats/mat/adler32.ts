/**
 * The checksum at the end of zlib's streams.
 *
 * @module
 */

const MODULUS = 65521;
/** The most bytes after which the second sum is below 2^32 without a remainder taken, 5552 (RFC 1950). */
const MOST = 5552;

/**
 * Adler-32 of bytes that follow those of `before`.
 *
 * Source: RFC 1950, section 9.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const text = new TextEncoder().encode("Wikipedia");
 * assert.equal(adler32(text), 0x11e60398);
 * assert.equal(adler32(text.subarray(4), { before: adler32(text.subarray(0, 4)) }), 0x11e60398);
 * ```
 */
export function adler32(bytes: Uint8Array, { before = 1 }: { before?: number } = {}): number {
  let low = before & 0xffff, high = before >>> 16;
  for (let start = 0; start < bytes.length;) {
    const end = Math.min(start + MOST, bytes.length);
    for (; start < end; start++) {
      low += bytes[start];
      high += low;
    }
    low %= MODULUS;
    high %= MODULUS;
  }
  return high * 65536 + low;
}
