/**
 * The samples of EDF and EDF+ files in physical units, read by data record.
 *
 * @module
 */
import { buffered } from "../buffered.ts";
import type { ByteSource } from "../bytes.ts";
import type { EdfTimeline } from "./annotations.ts";
import { type EdfHeader, type EdfSignal, sampleRateOf } from "./header.ts";

/** The most missing samples that gaps between data records may make, over the signals that are read: 256 MiB in memory. */
const MOST_MISSING = 2 ** 25;

/**
 * The samples of `signals`, each at its own rate:
 * `(stored - digitalMinimum) / (digitalMaximum - digitalMinimum) * (physicalMaximum - physicalMinimum) + physicalMinimum`.
 *
 * In a discontinuous file (EDF+D) each data record stands where its time says, from that of the first, to the nearest sample;
 * gaps are NaN. Memory is that of the result and of a block of the file.
 *
 * Throws RangeError, with the file, for data records of a discontinuous file that overlap, and for gaps of more than
 * 33,554,432 samples.
 */
export function readEdfSignals(
  source: ByteSource,
  { header, timeline, signals }: { header: EdfHeader; timeline: EdfTimeline; signals: readonly EdfSignal[] },
): Float64Array[] {
  const starts = signals.map((signal) => firstSamples(source, { header, timeline, signal }));
  const lengths = starts.map((first, index) =>
    (first.at(-1) ?? 0) + (first.length && signals[index].samplesPerRecord)
  );
  const missing = lengths.reduce(
    (sum, length, index) => sum + length - starts[index].length * signals[index].samplesPerRecord,
    0,
  );
  if (missing > MOST_MISSING) {
    throw new RangeError(
      `${source.file}: Cannot read the signals: gaps must leave out ${MOST_MISSING} samples at most, got ${missing}`,
    );
  }
  const blocks = buffered(source);
  const results = lengths.map((length) => new Float64Array(length));
  if (missing > 0) { for (const values of results) values.fill(NaN); }
  for (let record = 0; record < header.records; record++) {
    for (const [index, signal] of signals.entries()) {
      const offset = header.byteOffset + record * header.recordBytes + signal.byteOffset;
      const bytes = blocks.read(offset, 2 * signal.samplesPerRecord);
      place(bytes, { signal, values: results[index], start: starts[index][record] });
    }
  }
  return results;
}

function place(
  bytes: Uint8Array,
  { signal, values, start }: { signal: EdfSignal; values: Float64Array; start: number },
): void {
  const { digitalMinimum, digitalMaximum, physicalMinimum, physicalMaximum, samplesPerRecord } = signal;
  const perStep = (physicalMaximum - physicalMinimum) / (digitalMaximum - digitalMinimum);
  for (let index = 0; index < samplesPerRecord; index++) {
    const stored = (bytes[2 * index] | bytes[2 * index + 1] << 8) << 16 >> 16;
    values[start + index] = (stored - digitalMinimum) * perStep + physicalMinimum;
  }
}

/** The position of the first sample of every data record. */
function firstSamples(
  { file }: ByteSource,
  { header, timeline, signal }: { header: EdfHeader; timeline: EdfTimeline; signal: EdfSignal },
): Float64Array {
  const firsts = new Float64Array(header.records), { samplesPerRecord } = signal;
  const rate = sampleRateOf(signal, header), [origin = 0] = timeline.recordSeconds;
  for (let record = 0; record < header.records; record++) {
    if (header.kind !== "EDF+D") {
      firsts[record] = record * samplesPerRecord;
      continue;
    }
    const seconds = timeline.recordSeconds[record] - origin;
    const first = Math.round(seconds * rate),
      least = record === 0 ? 0 : firsts[record - 1] + samplesPerRecord;
    if (!(first >= least) || !Number.isSafeInteger(first)) {
      throw new RangeError(
        `${file}: Cannot read signal ${signal.name}: data record ${record} must begin at sample ${least} or later, got ${first} ` +
          `(${timeline.recordSeconds[record]} s)`,
      );
    }
    firsts[record] = first;
  }
  return firsts;
}
