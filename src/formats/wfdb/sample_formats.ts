/**
 * How WFDB signal files pack their samples.
 *
 * Source: the WFDB Applications Guide, signal(5), and which values stand for missing samples in the WFDB library.
 *
 * @module
 */

/** Samples as they are stored: 16 bits where the format has no more, because a record has millions. */
export type StoredSamples = Int16Array | Int32Array;

/** One way to pack samples into bytes. */
export interface SampleFormat {
  /** The value that stands for a missing sample; null where the format has none. */
  readonly missing: number | null;
  /** Whether values are differences from the signal's sample before, and the first from the header's initial value. */
  readonly differences?: true;
  /** How many bytes this many samples take. */
  bytesFor(samples: number): number;
  /** How many whole samples this many bytes hold. */
  samplesIn(bytes: number): number;
  /** The first `samples` samples; there must be bytes for them. */
  unpack(bytes: Uint8Array, samples: number): StoredSamples;
}

/** The formats by their number. */
export const SAMPLE_FORMATS: Readonly<Record<number, SampleFormat>> = {
  8: {
    ...wholeBytes({ bytes: 1, read: (bytes, at) => signed(bytes[at], 8) }),
    missing: null,
    differences: true,
  },
  16: {
    ...wholeBytes({ bytes: 2, read: word }),
    // The two formats of most databases have loops of their own: a call for each of millions of samples takes its time.
    unpack(bytes, samples) {
      const values = new Int16Array(samples);
      for (let index = 0; index < samples; index++) values[index] = word(bytes, 2 * index);
      return values;
    },
  },
  24: wholeBytes({
    bytes: 3,
    read: (bytes, at) => signed(bytes[at] | bytes[at + 1] << 8 | bytes[at + 2] << 16, 24),
  }),
  32: wholeBytes({
    bytes: 4,
    read: (bytes, at) => bytes[at] | bytes[at + 1] << 8 | bytes[at + 2] << 16 | bytes[at + 3] << 24,
  }),
  // The high byte first.
  61: wholeBytes({ bytes: 2, read: (bytes, at) => signed(bytes[at] << 8 | bytes[at + 1], 16) }),
  // Offset binary: 0 is the lowest value.
  80: wholeBytes({ bytes: 1, read: (bytes, at) => bytes[at] - 128 }),
  160: wholeBytes({ bytes: 2, read: (bytes, at) => (bytes[at] | bytes[at + 1] << 8) - 32768 }),
  // Two samples of 12 bits in three bytes: the middle byte holds the high bits of both. A last one alone takes two bytes.
  212: {
    missing: -2048,
    bytesFor: (samples) => Math.ceil(samples * 3 / 2),
    samplesIn: (bytes) => Math.floor(bytes * 2 / 3),
    unpack(bytes, samples) {
      const values = new Int16Array(samples);
      for (let index = 0, at = 0; index < samples; index += 2, at += 3) {
        values[index] = signed(bytes[at] | (bytes[at + 1] & 0x0f) << 8, 12);
        if (index + 1 < samples) values[index + 1] = signed(bytes[at + 2] | (bytes[at + 1] & 0xf0) << 4, 12);
      }
      return values;
    },
  },
  // Three samples of 10 bits in two words of 16: bits 1 to 10 of each, and the third from the five high bits of both.
  310: threeInFour({
    bytesAfter: [0, 2, 4],
    read: [
      (bytes, at) => word(bytes, at) >> 1,
      (bytes, at) => word(bytes, at + 2) >> 1,
      (bytes, at) => word(bytes, at) >> 11 | word(bytes, at + 2) >> 11 << 5,
    ],
  }),
  // Three samples of 10 bits in the 30 low bits of four bytes, from the low ones up.
  311: threeInFour({
    bytesAfter: [0, 2, 3],
    read: [
      (bytes, at) => word(bytes, at),
      (bytes, at) => word(bytes, at) >> 10 | bytes[at + 2] << 6,
      (bytes, at) => word(bytes, at + 2) >> 4,
    ],
  }),
};

/** Reads the sample whose group of bytes begins at `at`. */
type ReadSample = (bytes: Uint8Array, at: number) => number;

function wholeBytes({ bytes: size, read }: { bytes: 1 | 2 | 3 | 4; read: ReadSample }): SampleFormat {
  return {
    missing: -(2 ** (8 * size - 1)),
    bytesFor: (samples) => size * samples,
    samplesIn: (bytes) => Math.floor(bytes / size),
    unpack(bytes, samples) {
      const values = size > 2 ? new Int32Array(samples) : new Int16Array(samples);
      for (let index = 0, at = 0; index < samples; index++, at += size) values[index] = read(bytes, at);
      return values;
    },
  };
}

/** Three samples of 10 bits in four bytes; `bytesAfter[n]` is what the first n of a group take. */
function threeInFour(
  { bytesAfter, read }: { bytesAfter: readonly [0, number, number]; read: readonly ReadSample[] },
): SampleFormat {
  return {
    missing: -512,
    bytesFor: (samples) => 4 * Math.floor(samples / 3) + bytesAfter[samples % 3],
    samplesIn: (bytes) =>
      3 * Math.floor(bytes / 4) + bytesAfter.findLastIndex((needed) => needed <= bytes % 4),
    unpack(bytes, samples) {
      const values = new Int16Array(samples);
      for (let index = 0; index < samples; index++) {
        values[index] = signed(read[index % 3](bytes, 4 * Math.floor(index / 3)), 10);
      }
      return values;
    },
  };
}

function word(bytes: Uint8Array, at: number): number {
  return bytes[at] | bytes[at + 1] << 8;
}

/** The lowest bits as a number in two's complement. */
function signed(value: number, bits: number): number {
  return value << (32 - bits) >> (32 - bits);
}
