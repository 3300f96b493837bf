/**
 * WFDB annotations in the MIT format, `.atr` and others: marks at samples of a record.
 *
 * A word of 16 bits, little-endian, holds a code (6 bits) and the samples since the annotation before (10 bits); words with
 * the codes 59 to 63 say more of it. Source: the WFDB Applications Guide, annot(5).
 *
 * @module
 */
import { symbolOf } from "./annotation_codes.ts";

/** A mark at a sample of a record. */
export interface WfdbAnnotation {
  /** Position of the sample, from 0, at the record's sampling rate. */
  readonly sample: number;
  /** `N` for a normal beat, `+` for a change of rhythm; `annotation_codes.ts` has them all. */
  readonly symbol: string;
  /** What the annotation's author distinguishes within a symbol, from -128 to 127; 0 for nothing. */
  readonly subtype: number;
  /** The signal that it belongs to. */
  readonly channel: number;
  /** A number that the annotation's author counts by, from -128 to 127. */
  readonly number: number;
  /** What is written beside it, such as `(AFIB`; "" for nothing. */
  readonly text: string;
}

const NOTHING = 0, NOTE = 22, SKIP = 59, NUM = 60, SUB = 61, CHN = 62, AUX = 63;

/**
 * Reads the annotations of a record, in the order of the file.
 *
 * A comment at sample 0 that states the time resolution is no annotation: it is compared with `sampleRateHz` and left out.
 * A code that the format doesn't define has its number in brackets as symbol.
 *
 * Throws RangeError, with `file`, when the bytes end before the mark of the end, when a word says more of an annotation that
 * isn't there, and when samples are counted at another rate than the record's.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * // Code 5 at sample 77, then the end.
 * const bytes = Uint8Array.of(77, 5 << 2, 0, 0);
 * const annotations = readAnnotations(bytes, { file: "100.atr", sampleRateHz: 360 });
 * assert.deepEqual(annotations, [{ sample: 77, symbol: "V", subtype: 0, channel: 0, number: 0, text: "" }]);
 * ```
 */
export function readAnnotations(
  bytes: Uint8Array,
  { file, sampleRateHz }: { file: string; sampleRateHz: number },
): WfdbAnnotation[] {
  const marks = [...readMarks(bytes, { file })];
  const resolution = marks[0] && statedResolutionHz(marks[0]);
  if (resolution !== undefined && resolution !== sampleRateHz) {
    throw new RangeError(
      `${file}: Cannot read the annotations: they must count samples at the record's ${sampleRateHz} Hz, got ${resolution} Hz`,
    );
  }
  return marks.slice(resolution === undefined ? 0 : 1).filter(({ code }) => code !== NOTHING)
    .map(({ sample, code, ...more }) => ({ sample, symbol: symbolOf(code), ...more }));
}

interface Mark {
  sample: number;
  code: number;
  subtype: number;
  channel: number;
  number: number;
  text: string;
}

function* readMarks(bytes: Uint8Array, { file }: { file: string }): Generator<Mark> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0, sample = 0;
  /** Waits for the words that say more of it. */
  let mark: Mark | undefined;
  while (true) {
    const word = view.getUint16(take(2), true), code = word >> 10, value = word & 0x3ff;
    if (word === 0) break;
    if (code === SKIP) {
      const start = take(4);
      sample += view.getInt16(start, true) * 0x10000 + view.getUint16(start + 2, true);
    } else if (code < SKIP) {
      if (mark) yield mark;
      sample += value;
      // Channel and number hold until they change; subtype and text are one annotation's own.
      mark = { sample, code, subtype: 0, channel: mark?.channel ?? 0, number: mark?.number ?? 0, text: "" };
    } else if (mark === undefined) {
      throw new RangeError(
        `${file}: Cannot read the annotations: a word of code ${code} must follow an annotation, got it first`,
      );
    } else {
      if (code === NUM) mark.number = signed8(value);
      else if (code === SUB) mark.subtype = signed8(value);
      else if (code === CHN) mark.channel = value & 0xff;
      else if (code === AUX) {
        const start = take(value + value % 2);
        mark.text = textOf(bytes.subarray(start, start + value));
      }
    }
  }
  if (mark) yield mark;

  function take(length: number): number {
    const start = at;
    at += length;
    if (at > bytes.length) {
      throw new RangeError(
        `${file}: Cannot read the annotations: two bytes of 0 must end them, got the end of the file after ${bytes.length} bytes`,
      );
    }
    return start;
  }
}

function statedResolutionHz({ sample, code, text }: Mark): number | undefined {
  const stated = /^## time resolution: *([\d.]+)/.exec(text);
  return sample === 0 && code === NOTE && stated ? Number(stated[1]) : undefined;
}

/** Texts are padded with zeros, some to the even length and some beyond. */
function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replace(/\0+$/, "");
}

function signed8(value: number): number {
  return value << 24 >> 24;
}
