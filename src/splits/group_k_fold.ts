/**
 * k folds over groups: each group is tested once.
 *
 * @module
 */
import { z } from "zod";
import { byCodePoint } from "../formats/window_table.ts";
import { type Stream, stream } from "../random/stream.ts";
import { BY_SUBJECT, countLabels, type Grouping, makeFold } from "./fold.ts";
import { type Fold, type SplitContext, splitParameters, type Splitter, type SplitWindow } from "./split.ts";
import { shareOut } from "./stratified_groups.ts";

/** The parameters of `group-k-fold`. */
export const groupKFoldSchema = z.strictObject({
  group: z.enum(["subject", "recording"]).default("subject").describe(
    "What is never on two sides. recording leaves a person on both, and fails the certificate.",
  ),
  folds: z.int().min(2).default(5).describe("Number of folds."),
  stratify: z.boolean().default(true).describe(
    "Whether folds get equal shares of the classes, or of the groups.",
  ),
  ...splitParameters,
});

/** Parameters with every default filled in. */
export type GroupKFoldParameters = z.output<typeof groupKFoldSchema>;

/** The parameters of `window-k-fold`. */
export const windowKFoldSchema = z.strictObject({
  folds: z.int().min(2).default(10).describe("Number of folds."),
  ...splitParameters,
});

/** Parameters with every default filled in. */
export type WindowKFoldParameters = z.output<typeof windowKFoldSchema>;

const BY_RECORDING: Grouping = { name: "recording", groupOf: ({ recording }) => recording };
const BY_WINDOW: Grouping = { name: "window", groupOf: ({ id }) => id };

/**
 * Folds over people (or recordings): each with a labelled window is tested in one fold and trains in the others; those
 * without a label always train.
 *
 * Groups are shuffled, then shared out so that folds have equal shares of the classes (see `shareOut`), or dealt in
 * turn so that folds have equal numbers of groups.
 *
 * Throws RangeError when there are more folds than groups, or when a training side lacks a class.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const windows = ["a", "b", "c", "d"].flatMap((subject) =>
 *   [0, 1].map((held) => ({ id: `${subject}${held}`, subject, recording: subject, class: held }))
 * );
 * const folds = groupKFold.split(groupKFoldSchema.parse({ folds: 2 }), { windows, classes: ["low", "high"] });
 * assert.deepEqual(folds.map(({ train, validation, test }) => [train.length, validation.length, test.length]), [
 *   [2, 2, 4],
 *   [2, 2, 4],
 * ]);
 * ```
 */
export const groupKFold: Splitter<GroupKFoldParameters> = {
  split({ group, ...parameters }, context) {
    const grouping = group === "subject" ? BY_SUBJECT : BY_RECORDING;
    return kFold(context, { ...parameters, grouping, stream: stream(parameters.seed, "split") });
  },
};

/**
 * Folds over windows, as the published method was scored: **every person, and most recordings, are on both sides**.
 *
 * The certificate fails; it is here to show how much of a published score is the protocol.
 *
 * Source: Sarkar and Etemad (2020), ten folds shuffled over windows.
 */
export const windowKFold: Splitter<WindowKFoldParameters> = {
  split: (parameters, context) =>
    kFold(context, {
      ...parameters,
      stratify: false,
      grouping: BY_WINDOW,
      stream: stream(parameters.seed, "split"),
    }),
};

function kFold(
  context: SplitContext,
  { grouping, folds, stratify, validation, stream }: {
    grouping: Grouping;
    folds: number;
    stratify: boolean;
    validation: number;
    stream: Stream;
  },
): Fold[] {
  const labelled = context.windows.filter((window) => window.class !== null);
  const groups = Map.groupBy(labelled, (window) => grouping.groupOf(window));
  if (folds > groups.size) {
    throw new RangeError(
      `Cannot make ${folds} folds: there must be as many ${grouping.name}s with a label, got ${groups.size}`,
    );
  }
  const names = stream.child("groups").shuffle([...groups.keys()].sort(byCodePoint));
  const countsOf = (members: readonly SplitWindow[]) => {
    const counts = countLabels(members);
    return context.classes.map((_, index) => counts.get(index) ?? 0);
  };
  const foldOf = stratify
    ? shareOut(names.map((name) => countsOf(groups.get(name) ?? [])), folds)
    : names.map((_, position) => position % folds);
  return Array.from({ length: folds }, (_, index) =>
    makeFold(context, {
      number: index + 1,
      grouping,
      test: new Set(names.filter((_, position) => foldOf[position] === index)),
      validation,
      stream,
    }));
}
