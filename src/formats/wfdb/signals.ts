/**
 * The samples of a WFDB record in physical units.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { verifyChecksum } from "./checksum.ts";
import type { WfdbHeader } from "./header.ts";
import { SAMPLE_FORMATS } from "./sample_formats.ts";
import { signalFiles } from "./signal_files.ts";
import type { WfdbSignal } from "./signal_line.ts";

/** Where the samples of a record come from. */
export interface SignalSources {
  /** The path of the header, for messages. */
  readonly file: string;
  /** The contents of the signal files, by the name that the header gives them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * The samples of every signal, in the order of the header: `(stored value - baseline) / gain`, NaN where one is missing.
 *
 * Where the header states the number of samples, checksums are verified; where it doesn't, signals are as long as
 * their file and have none.
 *
 * Throws RangeError, with file, record and signal, for a wrong checksum, a file that is missing or too short, and
 * everything that `signalFiles` refuses.
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
export function readSignals(header: WfdbHeader, { file, files }: SignalSources): Float64Array[] {
  const all = signalFiles(header, { file }).flatMap(({ name, signals }) => {
    const bytes = files.get(name);
    if (bytes === undefined) {
      throw new RangeError(
        `${file}: Cannot read record ${header.record}: its file ${name} must lie beside it, got none`,
      );
    }
    return readSignalFile(bytes, { file: join(dirname(file), name), header, signals });
  });
  const stranger = all.findIndex((samples) => samples.length !== all[0].length);
  if (stranger !== -1) {
    throw new RangeError(
      `${file}: Cannot read record ${header.record}: its signals must have one length, got ${
        all[0].length
      } samples of ${header.signals[0].name} and ${all[stranger].length} of ${header.signals[stranger].name}`,
    );
  }
  return all;
}

function readSignalFile(
  bytes: Uint8Array,
  { file, header: { record, samples: stated }, signals }: {
    file: string;
    header: WfdbHeader;
    signals: readonly WfdbSignal[];
  },
): Float64Array[] {
  const [{ format, byteOffset }] = signals, count = signals.length;
  const { bytesFor, samplesIn, unpack, missing } = SAMPLE_FORMATS[format];
  const present = Math.floor(samplesIn(Math.max(0, bytes.length - byteOffset)) / count);
  const length = stated ?? Math.max(1, present);
  const needed = byteOffset + bytesFor(length * count);
  if (bytes.length < needed) {
    throw new RangeError(
      `${file}: Cannot read record ${record}: ${needed} bytes must be there for ${length} samples of ${count} signals ` +
        `in format ${format}${
          byteOffset === 0 ? "" : ` after ${byteOffset} bytes`
        }, got ${bytes.length} bytes`,
    );
  }
  const interleaved = unpack(bytes.subarray(byteOffset), length * count);
  return signals.map((signal, position) => {
    const stored = new Int16Array(length);
    for (let index = 0; index < length; index++) stored[index] = interleaved[index * count + position];
    if (stated !== null && signal.checksum !== null) {
      verifyChecksum(stored, { expected: signal.checksum, file, record, signal: signal.name });
    }
    return physical(stored, { ...signal, missing });
  });
}

// Loops over indexes: a half-hour record has millions of samples, and `from` takes several times as long.
function physical(
  stored: Int16Array,
  { baseline, gain, missing }: { baseline: number; gain: number; missing: number },
): Float64Array {
  const values = new Float64Array(stored.length);
  for (let index = 0; index < stored.length; index++) {
    values[index] = stored[index] === missing ? NaN : (stored[index] - baseline) / gain;
  }
  return values;
}
