/**
 * What a file of signals holds: the electrocardiogram, a sample a millisecond, and which video was shown.
 *
 * @module
 */
import type { ByteSource } from "../../formats/bytes.ts";
import { columnsNamed, readNames, readNumbers } from "../../formats/number_table.ts";

/** The row of a file's first numbers, as a spreadsheet counts: the names stand in row 1. */
export const FIRST_ROW = 2;

/** Rows of a file by the number of the video that was shown, `[from, to)`, from 0. */
export interface VideoRows {
  readonly video: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Reads columns of a CSV file by their names, and checks that the first is a time that rises by `stepMs`, within half a step.
 *
 * Throws, with the file, SyntaxError for what is no such table, and RangeError, with the row, for a time off the grid.
 */
export function readTimed(
  source: ByteSource,
  { columns, stepMs }: { columns: readonly string[]; stepMs: number },
): Float64Array[] {
  const { file } = source, { names, table } = readNames(source, { separator: "," });
  const read = readNumbers(source, { table, columns: columnsNamed(columns, { names, file }) });
  const [times] = read;
  for (let row = 0; row < times.length; row++) {
    const step = row === 0 ? (Number.isNaN(times[0]) ? NaN : stepMs) : times[row] - times[row - 1];
    if (Math.abs(step - stepMs) < stepMs / 2) continue;
    throw new RangeError(
      `${file}: Cannot read row ${row + FIRST_ROW}: ${columns[0]} must rise by ${stepMs} ms, got ${step} ms`,
    );
  }
  return read;
}

/** Videos that elicit something, and those around them: the start, a blue screen, the end. */
const SHOWN = [1, 2, 3, 4, 5, 6, 7, 8], AROUND = [10, 11, 12];

/**
 * The rows of each video from 1 to 8, in the order in which they were shown.
 *
 * Throws RangeError, with file and row, for a number that is no video and for a video that is shown twice.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(videoRows(Float64Array.of(11, 3, 3, 11, 1), { file: "sub_1.csv" }), [
 *   { video: 3, from: 1, to: 3 },
 *   { video: 1, from: 4, to: 5 },
 * ]);
 * ```
 */
export function videoRows(videos: Float64Array, { file }: { file: string }): VideoRows[] {
  const found: VideoRows[] = [];
  for (let from = 0, to = 0; from < videos.length; from = to) {
    const video = videos[from],
      refuse = (must: string) =>
        new RangeError(`${file}: Cannot read row ${from + FIRST_ROW}: video must be ${must}, got ${video}`);
    if (!SHOWN.includes(video) && !AROUND.includes(video)) throw refuse("1 to 8 or 10 to 12");
    while (to < videos.length && videos[to] === video) to++;
    if (AROUND.includes(video)) continue;
    if (found.some((other) => other.video === video)) throw refuse("shown once");
    found.push({ video, from, to });
  }
  return found;
}
