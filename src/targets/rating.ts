/**
 * Two classes from a rating: below a threshold and above it.
 *
 * @module
 */
import { z } from "zod";
import type { RecordingRow } from "../formats/window_table.ts";
import { median } from "../signal/median.ts";
import { ratingRange, readRating } from "./recording_label.ts";
import { changingTarget, type Outcome, recordingTarget, type Target, type TargetSource } from "./target.ts";

/** The parameters of `rating`. */
export const ratingSchema = z.strictObject({
  label: z.string().min(1).default("arousal").describe("Name of the rating."),
  threshold: z.union([z.number(), z.literal("median")]).default(5).describe(
    "The rating that divides low from high; median: each person's own, over all of their recordings.",
  ),
  side: z.enum([">", ">="]).default(">").describe(
    "Which ratings are high: above the threshold, or also at it.",
  ),
  names: z.tuple([z.string().min(1), z.string().min(1)]).default(["low", "high"])
    .refine(([low, high]) => low !== high, { error: "the two names must differ" })
    .describe("Names of the classes, low first; the second is the positive one."),
  changes: z.enum(["discard", "mean"]).default("discard").describe(
    "For a rating that is given over time: what becomes of a window in which it changes side. mean: it has the side of its mean.",
  ),
});

/** Parameters with every default filled in. */
export type RatingParameters = z.output<typeof ratingSchema>;

/**
 * A recording is high when `rating > threshold` (or `>=`), low otherwise, discarded when the rating is missing. With `median` the
 * threshold is the median of the person's ratings: what is high for one is low for another. Where the rating is given over time, a window is, by its mean over time; it is discarded when the rating is missing at some moment or, unless
 * `changes` is `mean`, was on both sides.
 *
 * `prepare` throws RangeError when the label is unknown, when the threshold leaves one side of the range empty or is
 * the median of a rating that is given over time, or when a rating lies outside its range; TypeError when the label or a rating is no number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const recording = { id: "d/a/1/r", subject: "a", session: "1", stimulus: "film", labels: { arousal: 6 } };
 * const target = rating.prepare(ratingSchema.parse({}), {
 *   recordings: [recording],
 *   ranges: { arousal: { from: 1, to: 9 } },
 * });
 * const window = {
 *   id: "d/a/1/r@0+8", recording: "d/a/1/r", subject: "a", session: "1",
 *   first: 0, length: 8, hash: "", quality: "ok",
 * };
 * assert.equal(target.classes[target.assign(window, recording) ?? 0], "high");
 * ```
 */
export const rating: TargetSource<RatingParameters> = {
  prepare({ label, threshold, side, names, changes }, { recordings, ranges, ratings }) {
    const { from, to } = ratingRange({ label, ranges });
    const isAbove = (value: number, divider: number) => side === ">" ? value > divider : value >= divider;
    const changing = ratings?.get(label);
    if (threshold === "median") {
      if (changing === undefined) return byMedian([...recordings], { label, from, to, names, isAbove });
      throw new RangeError(
        `Cannot divide "${label}": the threshold of a rating that is given over time must be a number, got median`,
      );
    }
    const isHigh = (value: number) => isAbove(value, threshold);
    if (isHigh(from) || !isHigh(to)) {
      throw new RangeError(
        `Cannot divide "${label}": the threshold must leave ratings from ${from} to ${to} on both sides, got ${side} ${threshold}`,
      );
    }
    if (changing !== undefined) {
      return changingTarget(names, ({ id }) => {
        const rating = changing.get(id);
        if (rating === undefined) return { reason: `${label} is missing` };
        const isMixed = isHigh(rating.lowest) !== isHigh(rating.highest);
        if (isMixed && changes === "discard") return { reason: `${label} changes side` };
        return { class: isHigh(rating.mean) ? 1 : 0 };
      });
    }
    return byRecording([...recordings], { label, from, to, names, isHigh: ({ value }) => isHigh(value) });
  },
};

interface Rated {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly names: readonly [string, string];
}

function byRecording(
  recordings: readonly RecordingRow[],
  { names, isHigh, ...rated }: Rated & { isHigh: (rating: { value: number; subject: string }) => boolean },
): Target {
  const outcomes = new Map(recordings.map((recording): [string, Outcome] => {
    const value = readRating(recording, rated);
    if (value === null) return [recording.id, { reason: `${rated.label} is missing` }];
    return [recording.id, { class: isHigh({ value, subject: recording.subject }) ? 1 : 0 }];
  }));
  return recordingTarget(names, outcomes);
}

/** Divides each person's ratings at their own median. */
function byMedian(
  recordings: readonly RecordingRow[],
  { isAbove, ...rated }: Rated & { isAbove: (value: number, divider: number) => boolean },
): Target {
  const people = Map.groupBy(recordings, ({ subject }) => subject);
  const medians = new Map([...people].map(([subject, own]) => {
    const values = own.map((recording) => readRating(recording, rated)).filter((value) => value !== null);
    return [subject, median(values)];
  }));
  return byRecording(recordings, {
    ...rated,
    isHigh: ({ value, subject }) => isAbove(value, medians.get(subject) ?? NaN),
  });
}
