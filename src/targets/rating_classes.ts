/**
 * Several classes from a rating: every whole number its own, or the intervals between edges.
 *
 * @module
 */
import { z } from "zod";
import { ratingRange, readRating } from "./recording_label.ts";
import { changingTarget, type Outcome, recordingTarget, type TargetSource } from "./target.ts";

/** The parameters of `rating-classes`. */
export const ratingClassesSchema = z.strictObject({
  label: z.string().min(1).default("arousal").describe("Name of the rating."),
  edges: z.array(z.number()).min(1).optional()
    .refine((edges = []) => edges.every((edge, index) => index === 0 || edge > edges[index - 1]), {
      error: "edges must rise",
    })
    .describe(
      "Ratings up to and with an edge are the class below it; without edges every whole rating is a class.",
    ),
});

/** Parameters with every default filled in. */
export type RatingClassesParameters = z.output<typeof ratingClassesSchema>;

/**
 * Without edges a recording's class is its rating, which must be a whole number; the classes are the ratings that
 * occur, rising. With edges `e_1 < ... < e_k` the classes are the k + 1 intervals `(e_i, e_(i+1)]`, whether they occur
 * or not; of a rating that is given over time the mean over a window counts, and edges must be given. A recording without a rating is discarded.
 *
 * `prepare` throws RangeError when the label is unknown, when an edge leaves an interval outside the range, or when a
 * rating lies outside its range or is not whole; TypeError when the label or a rating is no number.
 *
 * Source: ratings as classes are what the code of Sarkar and Etemad (2020) trains on.
 */
export const ratingClasses: TargetSource<RatingClassesParameters> = {
  prepare({ label, edges }, { recordings, ranges, ratings }) {
    const { from, to } = ratingRange({ label, ranges });
    if (edges !== undefined && (edges[0] < from || edges[edges.length - 1] >= to)) {
      throw new RangeError(
        `Cannot divide "${label}": edges must lie from ${from} to below ${to}, got ${edges.join(", ")}`,
      );
    }
    const changing = ratings?.get(label);
    if (changing !== undefined) {
      if (edges === undefined) {
        throw new RangeError(
          `Cannot take "${label}" as classes: edges must be given for a rating that is given over time, got none`,
        );
      }
      return changingTarget(intervalNames(edges), ({ id }) => {
        const rating = changing.get(id);
        return rating === undefined
          ? { reason: `${label} is missing` }
          : { class: intervalOf(rating.mean, edges) };
      });
    }
    const values = new Map<string, number | null>();
    for (const recording of recordings) {
      const value = readRating(recording, { label, from, to });
      if (edges === undefined && value !== null && !Number.isInteger(value)) {
        throw new RangeError(
          `Cannot take "${label}" of ${recording.id} as a class: it must be a whole number where no edges are given, got ${value}`,
        );
      }
      values.set(recording.id, value);
    }
    const present = [...new Set([...values.values()].filter((value) => value !== null))];
    const whole = present.sort((left, right) => left - right);
    const classes = edges === undefined ? whole.map(String) : intervalNames(edges);
    const classOf = (value: number) => edges === undefined ? whole.indexOf(value) : intervalOf(value, edges);
    const outcomes = new Map<string, Outcome>();
    for (const [id, value] of values) {
      outcomes.set(id, value === null ? { reason: `${label} is missing` } : { class: classOf(value) });
    }
    return recordingTarget(classes, outcomes);
  },
};

function intervalOf(value: number, edges: readonly number[]): number {
  return edges.filter((edge) => value > edge).length;
}

function intervalNames(edges: readonly number[]): string[] {
  const between = edges.slice(1).map((edge, index) => `above ${edges[index]} to ${edge}`);
  return [`to ${edges[0]}`, ...between, `above ${edges[edges.length - 1]}`];
}
