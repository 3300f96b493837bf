/**
 * The header of a TMSi Poly5 file (`.S00`, `.Poly5`): rates, start, channels and where blocks lie.
 *
 * @module
 */
import { bytesInMemory, type ByteSource, type Cursor, cursorOn } from "../bytes.ts";

/** A channel that was stored as two signals of 16 bits, which hold one float32. */
export interface Poly5Channel {
  /** The name without `(Lo)` and `(Hi)`. */
  readonly name: string;
  /** The unit as the file spells it, in ISO 8859-1: `uV` is often written with a micro sign. */
  readonly unit: string;
  /** The stored value that stands for `unitLow`. */
  readonly adcLow: number;
  /** The stored value that stands for `unitHigh`. */
  readonly adcHigh: number;
  readonly unitLow: number;
  readonly unitHigh: number;
}

/** A time as the recorder's clock showed it, without a time zone. */
export interface Poly5Time {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** What the header says. */
export interface Poly5Header {
  readonly version: 203 | 204;
  /** The name of the measurement. */
  readonly name: string;
  readonly sampleRateHz: number;
  readonly start: Poly5Time;
  readonly channels: readonly Poly5Channel[];
  /** Samples of each channel. */
  readonly samples: number;
  readonly blocks: {
    /** The position of the first block. */
    readonly offset: number;
    /** Samples of each channel in a block; the last may hold fewer. */
    readonly samples: number;
    /** Bytes from one block to the next. */
    readonly bytes: number;
  };
}

/** Bytes of a block before its samples. */
export const BLOCK_HEADER_BYTES = 86;

const IDENTIFIER = "POLY SAMPLE FILEversion ";
const IDENTIFIER_BYTES = { 203: 31, 204: 32 } as const;
const HEADER_BYTES = { 203: 217, 204: 218 } as const;
const DESCRIPTION_BYTES = 136;

/**
 * Reads the header and the descriptions of the channels.
 *
 * The version is 203 where the number at byte 31 says so, and taken as 204, with an identifier one byte longer, where it does not.
 * Descriptions come in pairs, `(Lo) X` and `(Hi) X`; a channel is calibrated by the second of its pair. Nothing beyond what the file
 * holds is believed: the blocks that the header counts must be there.
 *
 * Throws SyntaxError for bytes that are no such file, for descriptions that are no pairs, and for compressed samples; RangeError
 * for a count, rate or calibration that can't be, and where the file ends too soon. All name file and byte.
 *
 * Not verified on an original recording: the layout follows public readers of SWELL-KW's files.
 */
export function readPoly5Header(source: ByteSource): Poly5Header {
  const identifier = cursorOn(source).part(Math.min(source.size, IDENTIFIER.length));
  const beginning = identifier.latin1(identifier.left);
  if (beginning !== IDENTIFIER) {
    throw identifier.error(`a Poly5 file must begin with "${IDENTIFIER}"`, JSON.stringify(beginning), {
      at: 0,
    });
  }
  const probe = cursorOn(source, { offset: IDENTIFIER_BYTES[203] });
  const version = probe.number("int16") === 203 ? 203 : 204;
  const bytes = source.read(0, Math.min(source.size, HEADER_BYTES[version]));
  const cursor = cursorOn(bytesInMemory(bytes, source), { offset: IDENTIFIER_BYTES[version] });
  cursor.skip(2);
  const name = pascalString(cursor, 81), sampleRateHz = positive(cursor, "the sampling rate");
  cursor.skip(2 + 1);
  const signals = positive(cursor, "the number of signals");
  if (signals % 2 !== 0) {
    throw cursor.error("the signals must be pairs of (Lo) and (Hi)", `${signals} signals`);
  }
  const samples = count(cursor, "the number of sample periods");
  cursor.skip(4);
  const start = readTime(cursor);
  const blocks = count(cursor, "the number of blocks");
  const inBlock = cursor.number("uint16"), blockBytes = cursor.number("uint16");
  if (inBlock * signals * 2 !== blockBytes || blockBytes === 0) {
    throw cursor.error(
      `a block must hold ${inBlock} samples of ${signals / 2} channels, ${inBlock * signals * 2} bytes`,
      `${blockBytes} bytes`,
      { type: "RangeError" },
    );
  }
  const compression = cursor.number("int16");
  if (compression !== 0) throw cursor.error("samples must not be compressed", `flag ${compression}`);

  const offset = HEADER_BYTES[version] + signals * DESCRIPTION_BYTES;
  const header = { offset, samples: inBlock, bytes: BLOCK_HEADER_BYTES + blockBytes };
  mustHoldBlocks(cursor, { size: source.size, samples, blocks, channels: signals / 2, header });
  return {
    version,
    name,
    sampleRateHz,
    start,
    channels: readChannels(source, { offset: HEADER_BYTES[version], end: offset }),
    samples,
    blocks: header,
  };
}

/** The last block may be as short as its samples. */
function mustHoldBlocks(
  cursor: Cursor,
  { size, samples, blocks, channels, header }: {
    size: number;
    samples: number;
    blocks: number;
    channels: number;
    header: Poly5Header["blocks"];
  },
): void {
  if (samples > blocks * header.samples) {
    throw cursor.error(
      `${blocks} blocks of ${header.samples} samples must hold all sample periods`,
      `${samples} periods`,
      { type: "RangeError" },
    );
  }
  const needed = Math.ceil(samples / header.samples), last = samples - (needed - 1) * header.samples;
  const end = needed === 0
    ? header.offset
    : header.offset + (needed - 1) * header.bytes + BLOCK_HEADER_BYTES + 4 * channels * last;
  if (end > size) {
    throw cursor.error(
      `the file must hold ${samples} sample periods of ${channels} channels, ${end} bytes`,
      `${size} bytes`,
      { type: "RangeError" },
    );
  }
}

function readChannels(
  source: ByteSource,
  { offset, end }: { offset: number; end: number },
): Poly5Channel[] {
  // One read for all descriptions; positions in messages stay those of the file.
  const head = bytesInMemory(source.read(0, end), source), cursor = cursorOn(head, { offset });
  const channels: Poly5Channel[] = [];
  while (cursor.left > 0) {
    const at = cursor.offset, low = readDescription(cursor), high = readDescription(cursor);
    const [lowName, highName] = [low, high].map(({ name }) => name);
    const name = highName.slice("(Hi)".length).trim();
    if (
      !lowName.startsWith("(Lo)") || !highName.startsWith("(Hi)") ||
      lowName.slice("(Lo)".length).trim() !== name
    ) {
      throw cursor.error(
        "the descriptions of a channel must be (Lo) and (Hi) of one name",
        `${JSON.stringify(lowName)} and ${JSON.stringify(highName)}`,
        { at },
      );
    }
    const { adcLow, adcHigh, unitLow, unitHigh } = high;
    if (![adcLow, adcHigh, unitLow, unitHigh].every(Number.isFinite) || adcLow === adcHigh) {
      throw cursor.error(
        `the calibration of ${name} must be two different ADC values and two units`,
        `${adcLow} to ${adcHigh} for ${unitLow} to ${unitHigh}`,
        { at, type: "RangeError" },
      );
    }
    channels.push({ ...high, name });
  }
  return channels;
}

function readDescription(cursor: Cursor): Poly5Channel {
  const part = cursor.part(DESCRIPTION_BYTES), name = pascalString(part, 41);
  part.skip(4);
  const unit = pascalString(part, 11);
  const [unitLow, unitHigh, adcLow, adcHigh] = [0, 1, 2, 3].map(() => part.number("float32"));
  return { name, unit, unitLow, unitHigh, adcLow, adcHigh };
}

/** A byte with the length, then as many characters in a field of `bytes` with it. */
function pascalString(cursor: Cursor, bytes: number): string {
  const at = cursor.offset, field = cursor.part(bytes), length = field.number("uint8");
  if (length > field.left) {
    throw cursor.error(`the length of a text must be at most ${field.left}`, length, { at });
  }
  return field.latin1(length).trim();
}

function readTime(cursor: Cursor): Poly5Time {
  const [year, month, day, _weekday, hour, minute, second] = Array.from(
    { length: 7 },
    () => cursor.number("int16"),
  );
  return { year, month, day, hour, minute, second };
}

function positive(cursor: Cursor, what: string): number {
  const at = cursor.offset, value = cursor.number("int16");
  if (value <= 0) throw cursor.error(`${what} must be above 0`, value, { at, type: "RangeError" });
  return value;
}

function count(cursor: Cursor, what: string): number {
  const at = cursor.offset, value = cursor.number("int32");
  if (value < 0) throw cursor.error(`${what} must not be below 0`, value, { at, type: "RangeError" });
  return value;
}
