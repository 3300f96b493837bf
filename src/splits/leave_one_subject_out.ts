/**
 * One fold a person: that person is tested, everybody else trains.
 *
 * @module
 */
import { z } from "zod";
import { byCodePoint } from "../formats/window_table.ts";
import { stream } from "../random/stream.ts";
import { BY_SUBJECT, makeFold } from "./fold.ts";
import { splitParameters, type Splitter } from "./split.ts";

/** The parameters of `leave-one-subject-out`. */
export const leaveOneSubjectOutSchema = z.strictObject({ ...splitParameters });

/** Parameters with every default filled in. */
export type LeaveOneSubjectOutParameters = z.output<typeof leaveOneSubjectOutSchema>;

/**
 * A fold for each person with a labelled window, by code point; people without a label always train.
 *
 * Throws RangeError when fewer than two people have a label, or when a training side lacks a class.
 */
export const leaveOneSubjectOut: Splitter<LeaveOneSubjectOutParameters> = {
  split({ seed, validation }, context) {
    const labelled = context.windows.filter((window) => window.class !== null);
    const subjects = [...new Set(labelled.map(({ subject }) => subject))].sort(byCodePoint);
    if (subjects.length < 2) {
      throw new RangeError(
        `Cannot leave one subject out: there must be at least two with a label, got ${subjects.length}`,
      );
    }
    return subjects.map((subject, index) =>
      makeFold(context, {
        number: index + 1,
        grouping: BY_SUBJECT,
        test: new Set([subject]),
        validation,
        stream: stream(seed, "split"),
      })
    );
  },
};
