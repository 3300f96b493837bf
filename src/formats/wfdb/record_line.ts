/**
 * The first line of a WFDB header: what holds for all signals of a record.
 *
 * @module
 */
import { decimalNumber, fieldError, type HeaderLine, wholeNumber } from "./fields.ts";

/** What the record line says, with the format's defaults. */
export interface RecordLine {
  /** The record's name. */
  readonly record: string;
  /** Samples of each signal a second. */
  readonly sampleRateHz: number;
  /** Ticks a second of the counter that `baseCounter` counts in; the sampling rate where the header doesn't say. */
  readonly counterFrequencyHz: number;
  /** The counter at the first sample. */
  readonly baseCounter: number;
  /** Samples of each signal; null where the header doesn't say. */
  readonly samples: number | null;
  /** Time of day of the first sample, as the header writes it. */
  readonly startTime: string | null;
  /** Date of the first sample, as the header writes it. */
  readonly startDate: string | null;
}

const DEFAULT_SAMPLE_RATE_HZ = 250;

/**
 * Reads `name signals rate[/counter[(base)]] samples time date`; all after the number of signals may be left out.
 *
 * A record in segments has their number behind its name, `name/segments`.
 *
 * Throws SyntaxError for text that is no such line, and RangeError for a rate that is not positive.
 */
export function readRecordLine(
  { text, place }: HeaderLine,
): { readonly line: RecordLine; readonly signals: number; readonly segments: number | null } {
  const [name, signals, rate, samples, startTime = null, startDate = null] = text.split(/\s+/);
  const [record, segments] = name.split("/");
  if (record === "") throw fieldError(name, { what: "the record's name", place, must: "text without /" });
  if (signals === undefined) {
    throw new SyntaxError(
      `${place}: it must give the record's name and its number of signals, got ${JSON.stringify(text)}`,
    );
  }
  const length = samples === undefined
    ? 0
    : wholeNumber(samples, { what: "the number of samples", place, minimum: 0 });
  return {
    line: {
      record,
      ...readRates(rate ?? String(DEFAULT_SAMPLE_RATE_HZ), place),
      samples: length === 0 ? null : length,
      startTime,
      startDate,
    },
    signals: wholeNumber(signals, { what: "the number of signals", place, minimum: 0 }),
    segments: segments === undefined
      ? null
      : wholeNumber(segments, { what: "the number of segments", place, minimum: 1 }),
  };
}

function readRates(
  text: string,
  place: string,
): Pick<RecordLine, "sampleRateHz" | "counterFrequencyHz" | "baseCounter"> {
  const parts = /^([^/]+)(?:\/([^()]+)(?:\(([^()]+)\))?)?$/.exec(text);
  if (parts === null) {
    throw fieldError(text, {
      what: "the sampling rate",
      place,
      must: "rate, rate/counter or rate/counter(base)",
    });
  }
  const [, rate, counter, base] = parts;
  const sampleRateHz = decimalNumber(rate, { what: "the sampling rate", place });
  if (sampleRateHz <= 0) {
    throw new RangeError(`${place}: the sampling rate must be above 0 Hz, got ${rate}`);
  }
  const counterHz = counter === undefined
    ? 0
    : decimalNumber(counter, { what: "the counter frequency", place });
  return {
    sampleRateHz,
    counterFrequencyHz: counterHz > 0 ? counterHz : sampleRateHz,
    baseCounter: base === undefined ? 0 : decimalNumber(base, { what: "the base counter value", place }),
  };
}
