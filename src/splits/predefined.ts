/**
 * Folds that the manifest lists by subject.
 *
 * @module
 */
import { z } from "zod";
import { didYouMean, suggest } from "../manifest/choice.ts";
import { show } from "../manifest/show.ts";
import { stream } from "../random/stream.ts";
import { BY_SUBJECT, makeFold } from "./fold.ts";
import { splitParameters, type Splitter } from "./split.ts";

// A subject called 101 is a number to YAML.
const subjects = z.array(z.union([z.string().min(1), z.int()])).min(1);
const train = subjects.optional().describe("The people to learn from; all others, where it is left out.");
const test = subjects.describe("The people to test.");

/** The parameters of `predefined`. */
export const predefinedSchema = z.strictObject({
  train,
  test: test.optional(),
  folds: z.array(z.strictObject({ train, test })).min(1).optional().describe(
    "Several folds, in place of train and test.",
  ),
  ...splitParameters,
}).refine(({ train, test, folds }) => folds === undefined ? test !== undefined : !train && !test, {
  error: "give either test (with train, if you like) or folds",
});

/** Parameters with every default filled in. */
export type PredefinedParameters = z.output<typeof predefinedSchema>;

/**
 * The folds that are listed: `{train, test}` for one, `folds: [{train, test}, ...]` for several.
 *
 * Throws RangeError when a subject is unknown or on both sides of a fold, when a training side lacks a class, or when
 * nothing that is tested has a label.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const windows = ["101", "102", "103"].flatMap((subject) =>
 *   [0, 1].map((held) => ({ id: `${subject}@${held}`, subject, recording: subject, class: held }))
 * );
 * const parameters = predefinedSchema.parse({ test: [103], validation: 0 });
 * const [{ train, test }] = predefined.split(parameters, { windows, classes: ["low", "high"] });
 * assert.deepEqual(train, ["101@0", "101@1", "102@0", "102@1"]);
 * assert.deepEqual(test, ["103@0", "103@1"]);
 * ```
 */
export const predefined: Splitter<PredefinedParameters> = {
  split({ train, test = [], folds = [{ train, test }], seed, validation }, context) {
    const known = new Set(context.windows.map(({ subject }) => subject));
    return folds.map((listed, index) => {
      const number = index + 1;
      const testing = knownSubjects(listed.test, { known, number });
      const training = listed.train && knownSubjects(listed.train, { known, number });
      const both = [...training ?? []].filter((subject) => testing.has(subject));
      if (both.length > 0) {
        throw new RangeError(
          `Cannot split: a subject must be on one side of a fold, got ${
            both.join(", ")
          } in train and test of fold ${number}`,
        );
      }
      return makeFold(context, {
        number,
        grouping: BY_SUBJECT,
        test: testing,
        train: training,
        validation,
        stream: stream(seed, "split"),
      });
    });
  },
};

function knownSubjects(
  listed: readonly (string | number)[],
  { known, number }: { known: ReadonlySet<string>; number: number },
): Set<string> {
  const names = listed.map(String);
  for (const name of names) {
    if (known.has(name)) continue;
    const nearest = suggest(name, known);
    throw new RangeError(
      `Cannot split: the subjects of fold ${number} must be among the ${known.size} of the dataset, got ${
        show(name)
      }${didYouMean(nearest === undefined ? [] : [nearest])}`,
    );
  }
  return new Set(names);
}
