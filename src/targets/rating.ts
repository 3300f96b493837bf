/**
 * Two classes from a rating: below a threshold and above it.
 *
 * @module
 */
import { z } from "zod";
import { ratingRange, readRating } from "./recording_label.ts";
import { changingTarget, type Outcome, recordingTarget, type TargetSource } from "./target.ts";

/** The parameters of `rating`. */
export const ratingSchema = z.strictObject({
  label: z.string().min(1).default("arousal").describe("Name of the rating."),
  threshold: z.number().default(5).describe("The rating that divides low from high."),
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
 * A recording is high when `rating > threshold` (or `>=`), low otherwise, discarded when the rating is missing. Where the rating
 * is given over time, a window is, by its mean over time; it is discarded when the rating is missing at some moment or, unless
 * `changes` is `mean`, was on both sides.
 *
 * `prepare` throws RangeError when the label is unknown, when the threshold leaves one side of the range empty, or when
 * a rating lies outside its range; TypeError when the label or a rating is no number.
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
    const isHigh = (value: number) => side === ">" ? value > threshold : value >= threshold;
    if (isHigh(from) || !isHigh(to)) {
      throw new RangeError(
        `Cannot divide "${label}": the threshold must leave ratings from ${from} to ${to} on both sides, got ${side} ${threshold}`,
      );
    }
    const changing = ratings?.get(label);
    if (changing !== undefined) {
      return changingTarget(names, ({ id }) => {
        const rating = changing.get(id);
        if (rating === undefined) return { reason: `${label} is missing` };
        const isMixed = isHigh(rating.lowest) !== isHigh(rating.highest);
        if (isMixed && changes === "discard") return { reason: `${label} changes side` };
        return { class: isHigh(rating.mean) ? 1 : 0 };
      });
    }
    const outcomes = new Map<string, Outcome>();
    for (const recording of recordings) {
      const value = readRating(recording, { label, from, to });
      outcomes.set(
        recording.id,
        value === null ? { reason: `${label} is missing` } : { class: isHigh(value) ? 1 : 0 },
      );
    }
    return recordingTarget(names, outcomes);
  },
};
