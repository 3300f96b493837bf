/**
 * The table of windows, `windows.csv`: where each window lies, whose it is, and what its samples hash to.
 *
 * @module
 */
import { readCsv, writeCsv } from "./csv.ts";

/**
 * One row of the table: a stretch of a recording at the resampled rate.
 *
 * The stimulus is no part of it: the condition is often the label, and processes that train read this table.
 */
export interface WindowRow {
  /** `<recording>@<first>+<length>`. */
  readonly id: string;
  /** The id of the recording, `dataset/subject/session/name`. */
  readonly recording: string;
  /** Who was recorded. */
  readonly subject: string;
  /** The sitting of that subject. */
  readonly session: string;
  /** Position of the first sample in its recording, at the resampled rate. */
  readonly first: number;
  /** Samples in the window. */
  readonly length: number;
  /** SHA-256, in hexadecimal, of the samples in float32 as they were filtered and before anything was normalised. */
  readonly hash: string;
  /** What the signal is: `ok`, or the name of its defect, such as `flat`. */
  readonly quality: string;
}

/**
 * A label's range: two numbers for a rating or a measurement, with their unit where it is stated, or the values that a condition can take.
 *
 * The unit of a rating is `points`, of the scale that the range tells.
 */
export type LabelRange = { readonly from: number; readonly to: number; readonly unit?: string } | {
  readonly values: readonly string[];
};

/** A mark in a recording by its time, such as a beat or a change of rhythm. */
export interface TimedAnnotation {
  /** Seconds since the recording's first sample. */
  readonly seconds: number;
  /** The kind of mark by its WFDB symbol: `N` a normal beat, `V` a ventricular one, `+` a change of rhythm. */
  readonly symbol: string;
  /** What is written beside it, such as the rhythm `(AFIB`; "" for nothing. */
  readonly text: string;
}

/** What a rating that changes over time was within a window. */
export interface WindowRating {
  /** The mean over the time of the window. */
  readonly mean: number;
  /** The least that it was. */
  readonly lowest: number;
  /** The most that it was. */
  readonly highest: number;
}

/** What is known of a recording without its samples. */
export interface RecordingRow {
  /** `dataset/subject/session/name`. */
  readonly id: string;
  /** Who was recorded. */
  readonly subject: string;
  /** The sitting of that subject. */
  readonly session: string;
  /** The stimulus or condition. */
  readonly stimulus: string;
  /** Labels that hold for the whole recording; null where one is missing. */
  readonly labels: Readonly<Record<string, number | string | null>>;
}

const COLUMNS = [
  "id",
  "recording",
  "subject",
  "session",
  "first",
  "length",
  "hash",
  "quality",
] as const satisfies readonly (keyof WindowRow)[];

/**
 * The id of the window of `recording` that covers samples `first` to `first + length - 1`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(windowId("wesad/S2/1/chest", { first: 2560, length: 2560 }), "wesad/S2/1/chest@2560+2560");
 * ```
 */
export function windowId(recording: string, { first, length }: { first: number; length: number }): string {
  return `${recording}@${first}+${length}`;
}

/**
 * The recording that the window with this id was cut from: the inverse of {@linkcode windowId}.
 *
 * Throws SyntaxError for a text that is no id of a window.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(recordingOfWindow("wesad/S2/1/chest@2560+2560"), "wesad/S2/1/chest");
 * ```
 */
export function recordingOfWindow(id: string): string {
  const recording = /^(.+)@\d+\+\d+$/s.exec(id)?.[1];
  if (recording === undefined) {
    throw new SyntaxError(
      `Cannot tell the recording of a window: its id must be "<recording>@<first>+<length>", got "${id}"`,
    );
  }
  return recording;
}

/**
 * Compares two texts by code point, for `sort`: negative when `left` comes first, 0 when they are equal.
 *
 * `<` compares UTF-16 units, which puts U+1F600 before U+FF5E; this is the order of UTF-8 bytes, in any language.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(["b", "a", "B"].sort(byCodePoint), ["B", "a", "b"]);
 * assert.ok(byCodePoint("\u{1F600}", "\uFF5E") > 0);
 * ```
 */
export function byCodePoint(left: string, right: string): number {
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index++) {
    const a = left.charCodeAt(index), b = right.charCodeAt(index);
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
}

// Surrogates (U+D800 to U+DFFF) begin code points above U+FFFF, so they come after every other unit.
function rank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

/**
 * Writes the table as CSV, rows in the order given: it is the order of the samples in the file beside it.
 *
 * Throws RangeError when an id is not made of its recording, first sample and length, or occurs twice.
 */
export function writeWindowTable(windows: Iterable<WindowRow>): string {
  const rows = [...windows], ids = new Set<string>();
  for (const row of rows) {
    const expected = windowId(row.recording, row);
    if (row.id !== expected) {
      throw new RangeError(`Cannot write the window table: an id must be "${expected}", got "${row.id}"`);
    }
    if (ids.has(row.id)) {
      throw new RangeError(`Cannot write the window table: ids must be unique, got "${row.id}" twice`);
    }
    ids.add(row.id);
  }
  return writeCsv(COLUMNS, rows.map((row) => ({ ...row })));
}

/**
 * Reads the table from CSV.
 *
 * Throws SyntaxError when a column is missing, a position is no whole number, or an id is not made of its recording,
 * first sample and length.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const row = {
 *   id: "d/a/1/r@0+4", recording: "d/a/1/r", subject: "a", session: "1",
 *   first: 0, length: 4, hash: "00", quality: "ok",
 * };
 * assert.deepEqual(readWindowTable(writeWindowTable([row])), [row]);
 * ```
 */
export function readWindowTable(text: string): WindowRow[] {
  return readCsv(text).map((cells, index) => {
    const cell = (column: keyof WindowRow) => {
      if (cells[column] === undefined) {
        throw new SyntaxError(`Cannot read the window table: it must have a column "${column}", got none`);
      }
      return cells[column];
    };
    const position = (column: "first" | "length") => {
      const value = cell(column);
      if (!/^\d+$/.test(value) || !Number.isSafeInteger(Number(value))) {
        throw new SyntaxError(
          `Cannot read the window table: "${column}" of row ${
            index + 1
          } must be a whole number, got "${value}"`,
        );
      }
      return Number(value);
    };
    const row: WindowRow = {
      id: cell("id"),
      recording: cell("recording"),
      subject: cell("subject"),
      session: cell("session"),
      first: position("first"),
      length: position("length"),
      hash: cell("hash"),
      quality: cell("quality"),
    };
    const expected = windowId(row.recording, row);
    if (row.id !== expected) {
      throw new SyntaxError(
        `Cannot read the window table: the id of row ${index + 1} must be "${expected}", got "${row.id}"`,
      );
    }
    return row;
  });
}
