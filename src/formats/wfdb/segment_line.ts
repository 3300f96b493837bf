/**
 * The lines of a WFDB header that name the segments of a record.
 *
 * @module
 */
import { fieldError, type HeaderLine, wholeNumber } from "./fields.ts";

/** A stretch of a record that is a record of its own. */
export interface WfdbSegment {
  /** Its name, that of its header beside this one; null for a gap, which the format writes `~`. */
  readonly record: string | null;
  /** Samples of each signal; 0 for the first segment of a variable layout, which lists the signals and has none of them. */
  readonly samples: number;
}

/**
 * Reads lines of a name and a number of samples.
 *
 * Throws SyntaxError for text that is no such line; RangeError for a segment without samples that is not the first, and where
 * the samples of all are not those of the record.
 */
export function readSegmentLines(
  lines: readonly HeaderLine[],
  { samples, place }: { samples: number | null; place: string },
): WfdbSegment[] {
  const segments = lines.map((line, index) => readSegmentLine(line, { isFirst: index === 0 }));
  const sum = segments.reduce((total, segment) => total + segment.samples, 0);
  if (samples !== null && sum !== samples) {
    throw new RangeError(`${place}: the samples of all segments must be the record's ${samples}, got ${sum}`);
  }
  return segments;
}

function readSegmentLine({ text, place }: HeaderLine, { isFirst }: { isFirst: boolean }): WfdbSegment {
  const [name, length] = text.split(/\s+/);
  if (length === undefined) {
    throw new SyntaxError(
      `${place}: it must give a segment's name and its number of samples, got ${JSON.stringify(text)}`,
    );
  }
  // A header is data from elsewhere: it must not lead to other files of this machine.
  if (/[/\\]/.test(name) || name === "..") {
    throw fieldError(name, { what: "the segment's name", place, must: "that of a record beside this one" });
  }
  const samples = wholeNumber(length, { what: "the number of samples", place, minimum: 0 });
  if (samples === 0 && (!isFirst || name === "~")) {
    throw new RangeError(
      `${place}: a segment must have samples, unless it is the first and lists signals, got 0`,
    );
  }
  return { record: name === "~" ? null : name, samples };
}
