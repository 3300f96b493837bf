/**
 * The ratings of AMIGOS: by the people themselves, one set a video, and by external annotators, one pair every 20 s.
 *
 * @module
 */
import { asArray, columnOf } from "../../formats/mat/access.ts";
import { elementError, type MatElement } from "../../formats/mat/element.ts";
import type { LabelRange } from "../../formats/window_table.ts";
import type { Track } from "../tracks.ts";

const RATING = { from: 1, to: 9, unit: "points" }, YES_NO = { from: 0, to: 1, unit: "0 no, 1 yes" };

/** The columns of the self-assessment, in the order of the files: arousal comes before valence. */
export const SELF_ASSESSMENT = {
  arousal: RATING,
  valence: RATING,
  dominance: RATING,
  liking: RATING,
  familiarity: RATING,
  neutral: YES_NO,
  disgust: YES_NO,
  happiness: YES_NO,
  surprise: YES_NO,
  anger: YES_NO,
  fear: YES_NO,
  sadness: YES_NO,
} as const satisfies Record<string, LabelRange>;

/** The columns of the external annotation after the segment's number: valence comes before arousal. */
export const EXTERNAL = ["externalValence", "externalArousal"] as const;

const SEGMENT_SECONDS = 20;

/**
 * The twelve self-ratings of a video, [1 x 12]; all null where the person gave none, [1 x 0].
 *
 * Throws TypeError for another shape, RangeError for a rating outside its range, with file and element.
 */
export function readSelfAssessment(element: MatElement): Record<string, number | null> {
  const names = Object.entries(SELF_ASSESSMENT);
  if (element.length === 0) return Object.fromEntries(names.map(([name]) => [name, null]));
  const values = asArray(element, { shape: [1, names.length] }).numbers();
  return Object.fromEntries(names.map(([name, range], column) => {
    const value = values[column];
    if (Number.isNaN(value)) return [name, null];
    mustLie(element, { name, value, range });
    if (range === YES_NO && !Number.isInteger(value)) {
      throw elementError(element, { must: `${name} must be 0 or 1`, got: value });
    }
    return [name, value];
  }));
}

/**
 * The external ratings of a video, [segments x 3] of segment, valence, arousal, as tracks whose first segment begins at
 * `startSeconds`; none where nobody rated it.
 *
 * A rating that is NaN is missing; so is that of a segment that isn't there, and of what comes after the last. That segments are 20 s
 * long and count from the video's start is not verified.
 *
 * Throws TypeError for another shape, RangeError for segments that don't follow each other or a rating outside the range.
 */
export function readExternal(
  element: MatElement,
  { range, startSeconds }: { range: { from: number; to: number }; startSeconds: number },
): Record<string, Track> {
  if (element.length === 0) return {};
  const table = asArray(element, { shape: [null, 3] }), segments = columnOf(table, { column: 0 });
  const [first] = segments;
  for (const [index, segment] of segments.entries()) {
    if (Number.isInteger(segment) && (index === 0 || segment > segments[index - 1])) continue;
    throw elementError(element, { must: "its segments must be whole numbers that rise", got: [...segments] });
  }
  // A rating holds for its segment alone: where no other begins at its end, none does.
  const steps = Array.from(segments).flatMap((segment, row) => {
    const own = { segment, row };
    return segments[row + 1] === segment + 1 ? [own] : [own, { segment: segment + 1, row: null }];
  });
  const seconds = Float64Array.from(
    steps,
    ({ segment }) => startSeconds + (segment - first) * SEGMENT_SECONDS,
  );
  return Object.fromEntries(EXTERNAL.map((name, index) => {
    const values = columnOf(table, { column: index + 1 });
    for (const value of values) if (!Number.isNaN(value)) mustLie(element, { name, value, range });
    return [name, {
      seconds,
      values: Float64Array.from(steps, ({ row }) => row === null ? NaN : values[row]),
    }];
  }));
}

function mustLie(
  element: MatElement,
  { name, value, range: { from, to } }: { name: string; value: number; range: { from: number; to: number } },
): void {
  if (value >= from && value <= to) return;
  throw elementError(element, { must: `${name} must lie between ${from} and ${to}`, got: value });
}
