/**
 * Valence and arousal as people gave them with a joystick.
 *
 * @module
 */
import type { ByteSource } from "../../formats/bytes.ts";
import type { Track } from "../tracks.ts";
import { FIRST_ROW, readTimed } from "./signals.ts";

/** The scale of both ratings. */
export const RATING = { from: 0.5, to: 9.5, unit: "points" };

/** Ratings are 50 ms apart. */
const STEP_MS = 50;

/** Ratings of a file, a row each. */
export interface Ratings {
  readonly times: Float64Array;
  readonly valence: Float64Array;
  readonly arousal: Float64Array;
  /** The video that was shown; undefined where a file has one. */
  readonly videos?: Float64Array;
}

/** Where a recording lies on the clock of the ratings. */
export interface Span {
  /** The time of its first sample. */
  readonly startMs: number;
  readonly seconds: number;
}

/**
 * Reads a file of ratings, `time` being the name of its times in ms; NaN where a rating is missing.
 *
 * Throws, with file and row, RangeError for a rating outside 0.5 to 9.5.
 */
export function readRatings(
  source: ByteSource,
  { time, hasVideos }: { time: string; hasVideos: boolean },
): Ratings {
  const columns = [time, "valence", "arousal", ...hasVideos ? ["video"] : []];
  const [times, valence, arousal, videos] = readTimed(source, { columns, stepMs: STEP_MS });
  for (const [name, values] of Object.entries({ valence, arousal })) {
    const row = values.findIndex((value) => value < RATING.from || value > RATING.to);
    if (row < 0) continue;
    throw new RangeError(
      `${source.file}: Cannot read row ${
        row + FIRST_ROW
      }: ${name} must be from ${RATING.from} to ${RATING.to}, got ${values[row]}`,
    );
  }
  return { times, valence, arousal, ...hasVideos ? { videos } : {} };
}

/**
 * The ratings of a recording, by name: those of its video, or all.
 *
 * The grid of ratings need not meet the first sample: a rating that comes within a step of it holds from there. Beyond a step from the
 * first and the last rating there is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const ratings = {
 *   times: Float64Array.of(100, 150, 200),
 *   valence: Float64Array.of(5, 6, 7),
 *   arousal: Float64Array.of(5, 4, 3),
 * };
 * const { valence } = tracksOf(ratings, { span: { startMs: 80, seconds: 1 } });
 * assert.deepEqual(valence, { seconds: Float64Array.of(0, 0.07, 0.12, 0.17), values: Float64Array.of(5, 6, 7, NaN) });
 * ```
 */
export function tracksOf(
  { times, valence, arousal, videos }: Ratings,
  { span: { startMs, seconds }, video }: { span: Span; video?: number },
): Record<"valence" | "arousal", Track> {
  const isOwn = (_: number, row: number) =>
    video === undefined || videos === undefined || videos[row] === video;
  // Since the first sample, in ms, which are whole numbers in the files.
  const own = [...times.filter(isOwn)].map((time) => time - startMs);
  if (own.length > 0 && own[0] > 0 && own[0] <= STEP_MS) own[0] = 0;
  const end = (own[own.length - 1] ?? 0) + STEP_MS, ends = own.length > 0 && end < seconds * 1000;
  const at = Float64Array.from(ends ? [...own, end] : own, (time) => time / 1000);
  const track = (values: Float64Array): Track => {
    const held = values.filter(isOwn);
    return { seconds: at, values: ends ? Float64Array.of(...held, NaN) : held };
  };
  return { valence: track(valence), arousal: track(arousal) };
}
