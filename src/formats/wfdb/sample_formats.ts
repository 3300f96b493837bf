/**
 * How WFDB signal files pack their samples.
 *
 * Source: the WFDB Applications Guide, signal(5).
 *
 * @module
 */

/** One way to pack samples into bytes. */
export interface SampleFormat {
  /** The value that stands for a missing sample. */
  readonly missing: number;
  /** How many bytes this many samples take. */
  bytesFor(samples: number): number;
  /** How many whole samples this many bytes hold. */
  samplesIn(bytes: number): number;
  /** The first `samples` samples; there must be bytes for them. */
  unpack(bytes: Uint8Array, samples: number): Int16Array;
}

/** The formats by their number. */
export const SAMPLE_FORMATS: Readonly<Record<number, SampleFormat>> = {
  16: {
    missing: -32768,
    bytesFor: (samples) => 2 * samples,
    samplesIn: (bytes) => Math.floor(bytes / 2),
    unpack(bytes, samples) {
      const values = new Int16Array(samples);
      for (let index = 0; index < samples; index++) {
        values[index] = bytes[2 * index] | bytes[2 * index + 1] << 8;
      }
      return values;
    },
  },
  // Two samples of 12 bits in three bytes: the middle byte holds the high bits of both.
  212: {
    missing: -2048,
    bytesFor: (samples) => Math.ceil(samples * 3 / 2),
    samplesIn: (bytes) => Math.floor(bytes * 2 / 3),
    unpack(bytes, samples) {
      const values = new Int16Array(samples);
      for (let index = 0, at = 0; index < samples; index += 2, at += 3) {
        values[index] = signed12(bytes[at] | (bytes[at + 1] & 0x0f) << 8);
        // A last sample without a partner ends with its two bytes.
        if (index + 1 < samples) values[index + 1] = signed12(bytes[at + 2] | (bytes[at + 1] & 0xf0) << 4);
      }
      return values;
    },
  },
};

function signed12(bits: number): number {
  return bits << 20 >> 20;
}
