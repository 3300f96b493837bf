/**
 * The samples of a WFDB record in physical units.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { verifyChecksum } from "./checksum.ts";
import { inFrames, unskewed } from "./frames.ts";
import type { WfdbHeader } from "./header.ts";
import { SAMPLE_FORMATS, type StoredSamples } from "./sample_formats.ts";
import { isNull, signalFiles } from "./signal_files.ts";
import type { WfdbSignal } from "./signal_line.ts";

/** Where the samples of a record come from. */
export interface SignalSources {
  /** The path of the header, for messages. */
  readonly file: string;
  /** The contents of the signal files, by the name that the header gives them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Samples that each signal is to have for a frame; 1, the record's own rate, by default. */
  readonly samplesPerFrame?: number;
}

/** The most samples, over all signals, that a record may claim without bytes that hold them: 256 MiB in memory. */
export const MOST_SAMPLES_WITHOUT_BYTES = 2 ** 25;

/**
 * The samples of every signal, in the order of the header: `(stored value - baseline) / gain`, NaN where one is missing.
 *
 * Where the header states the number of samples, checksums are verified; where it doesn't, signals are as long as
 * their file and have none. A skewed signal is moved back, which leaves NaN at its end. A signal with another number of
 * samples in a frame than is asked for is averaged (where 1 is asked for) or has samples repeated, as `rdsamp` does with
 * and without `-H`; averages are not rounded to whole converter steps, as they are there.
 *
 * Throws RangeError, with file, record and signal, for a wrong checksum, a file that is missing or too short, a record in
 * segments, and everything that `signalFiles` refuses.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readHeader } from "./header.ts";
 * const header = readHeader("a 2 250 1\na.dat 16 100 0 0 0 50 0 I\na.dat 16 100 0 0 0 -1 0 II", { file: "a.hea" });
 * const files = new Map([["a.dat", Uint8Array.of(50, 0, 0xff, 0xff)]]);
 * const [first, second] = readSignals(header, { file: "a.hea", files });
 * assert.deepEqual([...first, ...second], [0.5, -0.01]);
 * ```
 */
export function readSignals(
  header: WfdbHeader,
  { file, files, samplesPerFrame: wanted = 1 }: SignalSources,
): Float64Array[] {
  if (header.segments !== undefined) {
    throw new RangeError(
      `${file}: Cannot read signals of record ${header.record}: it must be in one piece, got ${header.segments.length} segments`,
    );
  }
  const read = new Map<WfdbSignal, Float64Array>();
  for (const { name, signals } of signalFiles(header, { file })) {
    const bytes = files.get(name);
    if (bytes === undefined) {
      throw new RangeError(
        `${file}: Cannot read record ${header.record}: its file ${name} must lie beside it, got none`,
      );
    }
    const stored = readSignalFile(bytes, { file: join(dirname(file), name), header, signals });
    for (const [index, signal] of signals.entries()) {
      const values = unskewed(physical(stored[index], signal), signal);
      read.set(signal, inFrames(values, { ...signal, wanted }));
    }
  }
  const [first] = read, length = first?.[1].length ?? wanted * (header.samples ?? 0);
  for (const [{ name }, { length: other }] of read) {
    if (other === length) continue;
    throw new RangeError(
      `${file}: Cannot read record ${header.record}: its signals must have one length, got ${length} samples of ${
        first[0].name
      } and ${other} of ${name}`,
    );
  }
  const missing = length * header.signals.filter(isNull).length;
  if (missing > MOST_SAMPLES_WITHOUT_BYTES) {
    throw new RangeError(
      `${file}: Cannot read record ${header.record}: its null signals must have ${MOST_SAMPLES_WITHOUT_BYTES} samples at most, ` +
        `got ${missing}`,
    );
  }
  return header.signals.map((signal) => read.get(signal) ?? new Float64Array(length).fill(NaN));
}

function readSignalFile(
  bytes: Uint8Array,
  { file, header: { record, samples: stated }, signals }: {
    file: string;
    header: WfdbHeader;
    signals: readonly WfdbSignal[];
  },
): StoredSamples[] {
  const [{ format, byteOffset }] = signals, { bytesFor, samplesIn, unpack } = SAMPLE_FORMATS[format];
  const inFrame = signals.reduce((sum, { samplesPerFrame }) => sum + samplesPerFrame, 0);
  const present = Math.floor(samplesIn(Math.max(0, bytes.length - byteOffset)) / inFrame);
  const length = stated ?? Math.max(1, present);
  const needed = byteOffset + bytesFor(length * inFrame);
  if (bytes.length < needed) {
    throw new RangeError(
      `${file}: Cannot read record ${record}: ${needed} bytes must be there for ${length} samples of ${signals.length} signals ` +
        `in format ${format}${
          byteOffset === 0 ? "" : ` after ${byteOffset} bytes`
        }, got ${bytes.length} bytes`,
    );
  }
  const interleaved = unpack(bytes.subarray(byteOffset), length * inFrame);
  let before = 0;
  return signals.map((signal) => {
    const stored = ofSignal(interleaved, { signal, before, inFrame });
    before += signal.samplesPerFrame;
    if (stated !== null && signal.checksum !== null) {
      verifyChecksum(stored, { expected: signal.checksum, file, record, signal: signal.name });
    }
    return stored;
  });
}

/** The samples of one signal, which has `before` samples of others before it in each frame. */
function ofSignal(
  interleaved: StoredSamples,
  { signal: { format, samplesPerFrame, initialValue }, before, inFrame }: {
    signal: WfdbSignal;
    before: number;
    inFrame: number;
  },
): StoredSamples {
  const { differences } = SAMPLE_FORMATS[format], length = interleaved.length / inFrame * samplesPerFrame;
  // Sums of differences outgrow the 8 bits that each is stored in.
  const wide = differences || interleaved instanceof Int32Array;
  const stored = wide ? new Int32Array(length) : new Int16Array(length);
  for (let index = 0, start = before; index < length; start += inFrame) {
    for (let member = 0; member < samplesPerFrame; member++) stored[index++] = interleaved[start + member];
  }
  if (differences) {
    for (let index = 0, sum = initialValue; index < length; index++) stored[index] = sum += stored[index];
  }
  return stored;
}

// Loops over indexes: a half-hour record has millions of samples, and `from` takes several times as long.
function physical(stored: StoredSamples, { format, baseline, gain }: WfdbSignal): Float64Array {
  const values = new Float64Array(stored.length), { missing } = SAMPLE_FORMATS[format];
  for (let index = 0; index < stored.length; index++) {
    values[index] = stored[index] === missing ? NaN : (stored[index] - baseline) / gain;
  }
  return values;
}
