/**
 * The annotations of EDF+, and the times of data records that stand among them.
 *
 * Each data record holds time-stamped annotation lists: `+onset[\x15duration]\x14text\x14...\x14\x00`. The first list of a
 * record has an empty first text, and its onset is the record's own time.
 *
 * @module
 */
import { buffered } from "../buffered.ts";
import { type ByteSource, latin1 } from "../bytes.ts";
import type { EdfHeader } from "./header.ts";

/** A mark or stretch that somebody named. */
export interface EdfAnnotation {
  /** Time since the start of the file, in seconds. */
  readonly onsetSeconds: number;
  /** How long it lasts; null where the file doesn't say. */
  readonly durationSeconds: number | null;
  readonly text: string;
}

/** What the annotation signals of a file hold. */
export interface EdfTimeline {
  /** When each data record starts, in seconds since the start of the file. */
  readonly recordSeconds: Float64Array;
  /** In the order of the file, without the empty ones. */
  readonly annotations: readonly EdfAnnotation[];
}

const NUMBER = /^\d+(\.\d*)?$/, SIGNED = /^[+-]\d+(\.\d*)?$/;

/**
 * Reads the annotations of an EDF+ file record by record. Plain EDF has none, and its records follow each other.
 *
 * Texts are UTF-8. Throws SyntaxError, with file and byte, for a list that is none and for a record without a time of its own.
 */
export function readEdfAnnotations(source: ByteSource, header: EdfHeader): EdfTimeline {
  const blocks = buffered(source);
  const { records, recordSeconds, recordBytes, byteOffset, annotations: signals } = header;
  const times = new Float64Array(records), annotations: EdfAnnotation[] = [];
  for (let record = 0; record < records; record++) {
    times[record] = record * recordSeconds;
    for (const [index, signal] of signals.entries()) {
      const offset = byteOffset + record * recordBytes + signal.byteOffset;
      const lists = readLists(blocks, { offset, length: 2 * signal.samplesPerRecord });
      if (index === 0) {
        const first = lists[0]?.[0];
        if (first?.text !== "") {
          throw new SyntaxError(
            `${source.file}: Cannot read byte ${offset}: data record ${record} must begin with its own time, got none`,
          );
        }
        times[record] = first.onsetSeconds;
      }
      annotations.push(...lists.flat().filter(({ text }) => text !== ""));
    }
  }
  return { recordSeconds: times, annotations };
}

/** One list of annotations for every onset. */
function readLists(
  source: ByteSource,
  { offset, length }: { offset: number; length: number },
): EdfAnnotation[][] {
  const bytes = source.read(offset, length), lists: EdfAnnotation[][] = [];
  for (let start = 0; start < length;) {
    const zero = bytes.indexOf(0, start), end = zero === -1 ? length : zero;
    // What is left of the room for annotations is filled with zeros.
    if (end === start) {
      start++;
      continue;
    }
    const list = latin1(bytes.subarray(start, end)), [when, ...texts] = list.split("\x14");
    const [onset, duration, ...more] = when.split("\x15");
    const isList = SIGNED.test(onset) && (duration === undefined || NUMBER.test(duration)) &&
      more.length === 0;
    // Every text ends with the byte that divides them.
    if (!isList || texts.pop() !== "" || texts.length === 0) {
      throw new SyntaxError(
        `${source.file}: Cannot read byte ${
          offset + start
        }: a list of annotations must be +onset and texts, got ${JSON.stringify(list.slice(0, 40))}`,
      );
    }
    lists.push(
      texts.map((text) => ({
        onsetSeconds: Number(onset),
        durationSeconds: duration === undefined ? null : Number(duration),
        text: utf8(text),
      })),
    );
    start = end + 1;
  }
  return lists;
}

function utf8(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0))).trim();
}
