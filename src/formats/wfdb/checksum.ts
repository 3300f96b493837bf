/**
 * The checksums by which a WFDB header vouches for its signals.
 *
 * @module
 */
import type { StoredSamples } from "./sample_formats.ts";

/**
 * The sum of all sample values, missing ones as they are stored, as a signed number of 16 bits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(checksum(Int16Array.of(32767, 1)), -32768);
 * ```
 */
export function checksum(samples: StoredSamples): number {
  let sum = 0;
  for (let index = 0; index < samples.length; index++) sum = (sum + samples[index]) | 0;
  return signed16(sum);
}

/**
 * Compares the checksum of samples with the header's, signed or not.
 *
 * Throws RangeError that names file, record, signal and both checksums when they differ.
 */
export function verifyChecksum(
  samples: StoredSamples,
  { expected, file, record, signal }: { expected: number; file: string; record: string; signal: string },
): void {
  const actual = checksum(samples);
  if (signed16(expected) === actual) return;
  throw new RangeError(
    `${file}: Cannot read signal ${signal} of record ${record}: its checksum must be ${expected} as the header says, got ${actual}`,
  );
}

function signed16(value: number): number {
  return value << 16 >> 16;
}
