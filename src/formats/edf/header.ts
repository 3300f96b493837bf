/**
 * The header of an EDF or EDF+ file: who, when, and what each signal is.
 *
 * Source: Kemp et al. 1992 (Electroencephalogr Clin Neurophysiol 82:391-393) and Kemp & Olivan 2003 (Clin Neurophysiol
 * 114:1755-1761), the specifications of EDF and EDF+.
 *
 * @module
 */
import { type ByteSource, type Cursor, cursorOn } from "../bytes.ts";

/** A signal of a file. */
export interface EdfSignal {
  /** Its label, such as `ECG II`. */
  readonly name: string;
  /** The electrode or sensor. */
  readonly transducer: string;
  /** The physical unit, as the file spells it. */
  readonly unit: string;
  /** The physical value of `digitalMinimum`. */
  readonly physicalMinimum: number;
  /** The physical value of `digitalMaximum`; lower than the minimum where the signal is turned over. */
  readonly physicalMaximum: number;
  readonly digitalMinimum: number;
  readonly digitalMaximum: number;
  /** Filters that were applied before, in words. */
  readonly prefiltering: string;
  /** Samples in each data record. */
  readonly samplesPerRecord: number;
  /** Bytes of a data record before its samples. */
  readonly byteOffset: number;
}

/** What the header says. */
export interface EdfHeader {
  /** `EDF+D` is a file whose data records do not follow each other without gaps. */
  readonly kind: "EDF" | "EDF+C" | "EDF+D";
  /** Who was recorded: in EDF+ `code sex birthdate name`, X for what is not told. */
  readonly patient: string;
  /** What was recorded. */
  readonly recording: string;
  /** The date of the first sample, `dd.mm.yy`. */
  readonly startDate: string;
  /** The time of day of the first sample, `hh.mm.ss`. */
  readonly startTime: string;
  /** The position of the first data record. */
  readonly byteOffset: number;
  /** Bytes of a data record. */
  readonly recordBytes: number;
  /** How many data records there are. */
  readonly records: number;
  /** The time that a data record spans; 0 only where there are annotations alone. */
  readonly recordSeconds: number;
  /** The signals but those that hold annotations. */
  readonly signals: readonly EdfSignal[];
  /** The signals that hold annotations; none in plain EDF. */
  readonly annotations: readonly EdfSignal[];
}

const ANNOTATIONS = "EDF Annotations";
const MAIN_BYTES = 256, SIGNAL_BYTES = 256, SAMPLE_BYTES = 2;
/** Bytes of each signal's label, transducer and unit, which stand before the calibrations. */
const BEFORE_CALIBRATION = 16 + 80 + 8;

/**
 * Reads the header. Where the number of data records is -1, as while a recording is going on, all whole ones of the file count.
 *
 * Throws SyntaxError for bytes that are no EDF (BDF, of 24 bits, by name) and for text where a number must stand; RangeError for
 * numbers that can't be and for a file that is shorter than it says. All name file and byte.
 */
export function readEdfHeader(source: ByteSource): EdfHeader {
  const cursor = cursorOn(source);
  const identifier = cursor.latin1(8);
  if (identifier.startsWith("\xff")) {
    throw cursor.error("samples must have 16 bits, as in EDF", "BDF, which has 24", { at: 0 });
  }
  if (identifier.trimEnd() !== "0") {
    throw cursor.error('an EDF file must begin with "0" and blanks', JSON.stringify(identifier), { at: 0 });
  }
  const patient = text(cursor, 80), recording = text(cursor, 80);
  const startDate = text(cursor, 8), startTime = text(cursor, 8);
  const headerBytes = whole(cursor, { what: "the number of bytes in the header" });
  const reserved = text(cursor, 44);
  const stated = whole(cursor, { what: "the number of data records", minimum: -1 });
  const recordSeconds = decimal(cursor, { length: 8, what: "the duration of a data record" });
  const count = whole(cursor, { length: 4, what: "the number of signals" });
  if (headerBytes !== MAIN_BYTES + SIGNAL_BYTES * count) {
    throw cursor.error(
      `the header of ${count} signals must have ${MAIN_BYTES + SIGNAL_BYTES * count} bytes`,
      headerBytes,
      { type: "RangeError" },
    );
  }
  if (recordSeconds < 0) {
    throw cursor.error("a data record must not last less than 0 s", recordSeconds, { type: "RangeError" });
  }
  const all = readSignals(cursor, count);
  const last = all.at(-1);
  const recordBytes = last === undefined ? 0 : last.byteOffset + SAMPLE_BYTES * last.samplesPerRecord;
  const isPlus = reserved.startsWith("EDF+");
  const isAnnotations = ({ name }: EdfSignal) => isPlus && name === ANNOTATIONS;
  const signals = all.filter((signal) => !isAnnotations(signal));
  if (signals.length > 0 && recordSeconds === 0) {
    throw cursor.error("a data record with signals must last more than 0 s", 0, { type: "RangeError" });
  }
  const present = recordBytes === 0 ? 0 : Math.floor((source.size - headerBytes) / recordBytes);
  const records = stated === -1 ? present : stated;
  if (records > present) {
    throw cursor.error(
      `the file must hold ${records} data records of ${recordBytes} bytes, ${
        headerBytes + records * recordBytes
      } bytes in all`,
      `${source.size} bytes`,
      { type: "RangeError" },
    );
  }
  return {
    kind: reserved.startsWith("EDF+D") ? "EDF+D" : isPlus ? "EDF+C" : "EDF",
    patient,
    recording,
    startDate,
    startTime,
    byteOffset: headerBytes,
    recordBytes,
    records,
    recordSeconds,
    signals,
    annotations: all.filter(isAnnotations),
  };
}

/** Samples a second of a signal. */
export function sampleRateOf({ samplesPerRecord }: EdfSignal, { recordSeconds }: EdfHeader): number {
  return samplesPerRecord / recordSeconds;
}

/** Fields of all signals stand together: all labels, all transducers, and so on. */
function readSignals(cursor: Cursor, count: number): EdfSignal[] {
  // Beyond the end of the file, before room is made for as many as the header claims.
  const part = cursor.part(SIGNAL_BYTES * count);
  const column = <Value>(read: (cursor: Cursor) => Value) => Array.from({ length: count }, () => read(part));
  const names = column((at) => text(at, 16)), transducers = column((at) => text(at, 80));
  const units = column((at) => text(at, 8));
  const physicalMinima = column((at) => decimal(at, { length: 8, what: "the physical minimum" }));
  const physicalMaxima = column((at) => decimal(at, { length: 8, what: "the physical maximum" }));
  const digitalMinima = column((at) => digital(at, "the digital minimum"));
  const digitalMaxima = column((at) => digital(at, "the digital maximum"));
  const filters = column((at) => text(at, 80));
  const samples = column((at) => whole(at, { what: "the number of samples in a data record", minimum: 1 }));
  let byteOffset = 0;
  return names.map((name, index) => {
    const signal = {
      name,
      transducer: transducers[index],
      unit: units[index],
      physicalMinimum: physicalMinima[index],
      physicalMaximum: physicalMaxima[index],
      digitalMinimum: digitalMinima[index],
      digitalMaximum: digitalMaxima[index],
      prefiltering: filters[index],
      samplesPerRecord: samples[index],
      byteOffset,
    };
    byteOffset += SAMPLE_BYTES * signal.samplesPerRecord;
    if (signal.digitalMinimum >= signal.digitalMaximum || signal.physicalMinimum === signal.physicalMaximum) {
      throw part.error(
        `the calibration of ${name} must have a digital minimum below its maximum, and two physical values`,
        `${signal.digitalMinimum} to ${signal.digitalMaximum}, ${signal.physicalMinimum} to ${signal.physicalMaximum}`,
        { type: "RangeError", at: MAIN_BYTES + count * BEFORE_CALIBRATION + 8 * index },
      );
    }
    return signal;
  });
}

function text(cursor: Cursor, length: number): string {
  return cursor.latin1(length).trim();
}

function whole(
  cursor: Cursor,
  { length = 8, what, minimum = 0 }: { length?: number; what: string; minimum?: number },
): number {
  const at = cursor.offset, found = text(cursor, length);
  if (/^[+-]?\d+$/.test(found) && Number(found) >= minimum) return Number(found);
  throw cursor.error(`${what} must be a whole number of at least ${minimum}`, JSON.stringify(found), { at });
}

function digital(cursor: Cursor, what: string): number {
  const at = cursor.offset, value = whole(cursor, { what, minimum: -32768 });
  if (value <= 32767) return value;
  throw cursor.error(`${what} must be from -32768 to 32767`, value, { at, type: "RangeError" });
}

function decimal(cursor: Cursor, { length, what }: { length: number; what: string }): number {
  const at = cursor.offset, found = text(cursor, length);
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(found) ? Number(found) : NaN;
  if (Number.isFinite(value)) return value;
  throw cursor.error(`${what} must be a number`, JSON.stringify(found), { at });
}
