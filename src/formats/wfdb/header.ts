/**
 * WFDB headers, `.hea`: what a record holds and where.
 *
 * Source: the WFDB Applications Guide, header(5).
 *
 * @module
 */
import type { HeaderLine } from "./fields.ts";
import { readRecordLine, type RecordLine } from "./record_line.ts";
import { readSegmentLines, type WfdbSegment } from "./segment_line.ts";
import { readSignalLine, type WfdbSignal } from "./signal_line.ts";

/** A header. */
export interface WfdbHeader extends RecordLine {
  /** The signals in the order of their lines; none where the record is in segments, whose own headers have them. */
  readonly signals: readonly WfdbSignal[];
  /** The records that this one is put together from, in the order of time; undefined for a record in one piece. */
  readonly segments?: readonly WfdbSegment[];
  /** The comment lines without `#` and the space around them. */
  readonly comments: readonly string[];
}

/**
 * Reads a header.
 *
 * What a line leaves out has the format's default: 250 Hz, a gain of 200 per mV (which a gain of 0 means too), the ADC zero
 * as baseline. Lines beyond the stated number of signals or segments are disregarded, as the format asks.
 *
 * Throws SyntaxError, with `file` and the line, for text that is no header, and RangeError for a sampling rate that is not
 * positive and for segments that can't be: without samples, or with others than the record has.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const header = readHeader("100 1 360 650000\n100.dat 212 200 11 1024 995 -22131 0 MLII\n# 69 M", { file: "100.hea" });
 * assert.equal(header.sampleRateHz, 360);
 * assert.equal(header.signals[0].name, "MLII");
 * assert.equal(header.signals[0].baseline, 1024);
 * assert.deepEqual(header.comments, ["69 M"]);
 * ```
 */
export function readHeader(text: string, { file }: { file: string }): WfdbHeader {
  const comments: string[] = [], lines: HeaderLine[] = [];
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const content = line.trim();
    if (content.startsWith("#")) comments.push(content.slice(1).trim());
    else if (content !== "") lines.push({ text: content, place: `${file}: Cannot read line ${index + 1}` });
  }
  const [first, ...rest] = lines;
  if (first === undefined) {
    throw new SyntaxError(`${file}: Cannot read the header: it must have a record line, got none`);
  }
  const { line, signals, segments } = readRecordLine(first), { record } = line;
  if (segments !== null) {
    if (rest.length < segments) {
      throw new SyntaxError(
        `${file}: Cannot read the header of record ${record}: it must have ${segments} segment lines, got ${rest.length}`,
      );
    }
    const found = readSegmentLines(rest.slice(0, segments), { samples: line.samples, place: first.place });
    return { ...line, signals: [], segments: found, comments };
  }
  if (rest.length < signals) {
    throw new SyntaxError(
      `${file}: Cannot read the header of record ${record}: it must have ${signals} signal lines, got ${rest.length}`,
    );
  }
  return {
    ...line,
    signals: rest.slice(0, signals).map((signal, index) => readSignalLine(signal, { record, index })),
    comments,
  };
}
