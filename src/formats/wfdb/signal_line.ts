/**
 * A signal's line in a WFDB header: in which file its samples lie, and what they mean.
 *
 * @module
 */
import { decimalNumber, fieldError, type HeaderLine, wholeNumber } from "./fields.ts";

/** What a signal line says, with the format's defaults. */
export interface WfdbSignal {
  /** The description, which names the lead. */
  readonly name: string;
  /** The file that holds the samples, beside the header. */
  readonly file: string;
  /** The number of the storage format, such as 212. */
  readonly format: number;
  /** How many samples it has for each of the record's. */
  readonly samplesPerFrame: number;
  /** Samples of this signal that come before sample 0 of the record. */
  readonly skew: number;
  /** Bytes in the file before the first sample. */
  readonly byteOffset: number;
  /** Sample values per physical unit. */
  readonly gain: number;
  /** The sample value that means 0 physical units. */
  readonly baseline: number;
  /** The physical unit. */
  readonly unit: string;
  /** Bits of the converter; null where the header doesn't say. */
  readonly adcResolutionBits: number | null;
  /** The sample value in the middle of the converter's range. */
  readonly adcZero: number;
  /** The first sample value. */
  readonly initialValue: number;
  /** The sum of all sample values, modulo 65536; null where the header doesn't say. */
  readonly checksum: number | null;
  /** Bytes that its file must be read by at once; 0 for any number. */
  readonly blockSizeBytes: number;
}

const DEFAULT_GAIN = 200;
const DEFAULT_UNIT = "mV";

/**
 * Reads `file format[xSPF][:skew][+offset] gain[(baseline)][/unit] resolution zero initial checksum block description`;
 * all after the format may be left out from the right.
 *
 * Throws SyntaxError for text that is no such line.
 */
export function readSignalLine(
  { text, place }: HeaderLine,
  { record, index }: { record: string; index: number },
): WfdbSignal {
  const [file, format, gain, resolution = "0", zero = "0", initial, checksum, block = "0"] = text.split(
    /\s+/,
  );
  if (format === undefined) {
    throw new SyntaxError(
      `${place}: it must give a signal's file and format, got ${JSON.stringify(text)}`,
    );
  }
  const adcZero = wholeNumber(zero, { what: "the ADC zero", place });
  const bits = wholeNumber(resolution, { what: "the ADC resolution", place, minimum: 0 });
  // The description may hold spaces: it is all that follows the first eight fields.
  const description = /^(?:\S+\s+){8}(.+)$/.exec(text)?.[1];
  return {
    name: description ?? `record ${record}, signal ${index}`,
    file,
    ...readFormat(format, place),
    ...readGain(gain ?? "0", { adcZero, place }),
    adcResolutionBits: bits === 0 ? null : bits,
    adcZero,
    initialValue: initial === undefined
      ? adcZero
      : wholeNumber(initial, { what: "the initial value", place }),
    checksum: checksum === undefined ? null : wholeNumber(checksum, { what: "the checksum", place }),
    blockSizeBytes: wholeNumber(block, { what: "the block size", place }),
  };
}

function readFormat(
  text: string,
  place: string,
): Pick<WfdbSignal, "format" | "samplesPerFrame" | "skew" | "byteOffset"> {
  const parts = /^(\d+)(?:x(\d+))?(?::(\d+))?(?:\+(\d+))?$/.exec(text);
  if (parts === null) {
    throw fieldError(text, {
      what: "the format",
      place,
      must: "a number, with x samples per frame, : skew and + byte offset after it",
    });
  }
  const [, format, perFrame = "1", skew = "0", offset = "0"] = parts;
  return {
    format: wholeNumber(format, { what: "the format", place }),
    samplesPerFrame: wholeNumber(perFrame, { what: "the number of samples per frame", place }),
    skew: wholeNumber(skew, { what: "the skew", place }),
    byteOffset: wholeNumber(offset, { what: "the byte offset", place }),
  };
}

function readGain(
  text: string,
  { adcZero, place }: { adcZero: number; place: string },
): Pick<WfdbSignal, "gain" | "baseline" | "unit"> {
  const parts = /^([^()/]+)(?:\(([^()]*)\))?(?:\/(.+))?$/.exec(text);
  if (parts === null) {
    throw fieldError(text, { what: "the gain", place, must: "gain, gain(baseline) or gain(baseline)/unit" });
  }
  const [, gain, baseline, unit = DEFAULT_UNIT] = parts;
  return {
    // 0 means that nobody calibrated the signal.
    gain: decimalNumber(gain, { what: "the gain", place }) || DEFAULT_GAIN,
    baseline: baseline === undefined ? adcZero : wholeNumber(baseline, { what: "the baseline", place }),
    unit,
  };
}
