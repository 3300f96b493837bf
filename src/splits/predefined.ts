/**
 * Folds that the manifest lists: by subject, or by a label of recordings that tells the fold.
 *
 * @module
 */
import { z } from "zod";
import type { RecordingRow } from "../formats/window_table.ts";
import { didYouMean } from "../manifest/choice.ts";
import { joinNames, show } from "../manifest/show.ts";
import { stream } from "../random/stream.ts";
import { BY_SUBJECT, makeFold } from "./fold.ts";
import { type SplitContext, splitParameters, type Splitter } from "./split.ts";

// A subject called 101 is a number to YAML.
const names = z.array(z.union([z.string().min(1), z.int()])).min(1);
const train = names.optional().describe("The people to learn from; all others, where it is left out.");
const test = names.describe("The people to test.");
const aside = names.optional().describe(
  "The people to set aside for the pretext's scores; a share of those to learn from (validation), where it is left out.",
);

/** The parameters of `predefined`. */
export const predefinedSchema = z.strictObject({
  label: z.string().min(1).optional().describe(
    "A label of recordings, as stratFold of ptb-xl: train, test and aside then list its values, which stand for the people of those recordings.",
  ),
  train,
  test: test.optional(),
  aside,
  folds: z.array(z.strictObject({ train, test, aside })).min(1).optional().describe(
    "Several folds, in place of train, test and aside.",
  ),
  ...splitParameters,
}).refine(
  ({ train, test, aside, folds }) => folds === undefined ? test !== undefined : !train && !test && !aside,
  { error: "give either test (with train and aside, if you like) or folds" },
);

/** Parameters with every default filled in. */
export type PredefinedParameters = z.output<typeof predefinedSchema>;

/**
 * The folds that are listed: `{train, test, aside}` for one, `folds: [{train, test, aside}, ...]` for several.
 *
 * Throws RangeError when a subject, or a value of the label, is unknown, when a subject is on two sides of a fold, when a training side
 * lacks a class, or when nothing that is tested has a label of the target.
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
  split({ label, train, test = [], aside, folds = [{ train, test, aside }], seed, validation }, context) {
    const people = label === undefined ? bySubject(context) : byLabel(context, label);
    return folds.map((listed, index) => {
      const number = index + 1, { on, torn } = sidesOf(people, { listed, number });
      if (torn.length > 0) {
        const subjects = torn.map(([subject]) => subject),
          sides = new Set(torn.flatMap(([, sides]) => sides));
        throw new RangeError(
          `Cannot split: a subject must be on one side of a fold, got ${subjects.join(", ")} in ${
            joinNames([...sides], { last: "and" })
          } of fold ${number}`,
        );
      }
      return makeFold(context, {
        number,
        grouping: BY_SUBJECT,
        test: on("test"),
        train: on("train"),
        aside: listed.aside && on("aside"),
        validation,
        stream: stream(seed, "split"),
      });
    });
  },
};

/** What people are listed by. */
interface ListedPeople {
  /** What is listed, in words. */
  readonly what: string;
  /** Under which names each person is found. */
  readonly namesOf: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What a fold lists. */
type Listed = NonNullable<PredefinedParameters["folds"]>[number];

const SIDES = ["train", "aside", "test"] as const;

/** People by their own names. */
function bySubject({ windows }: SplitContext): ListedPeople {
  return {
    what: "the subjects of fold",
    namesOf: new Map(windows.map(({ subject }) => [subject, new Set([subject])])),
  };
}

/** People by the values of a label that their recordings have; a recording without one says nothing of its person. */
function byLabel({ windows, labels = new Map() }: SplitContext, label: string): ListedPeople {
  const namesOf = new Map<string, Set<string>>(), known = new Set<string>();
  for (const { subject, recording } of windows) {
    const own: RecordingRow["labels"] = labels.get(recording) ?? {}, value = own[label] ?? null;
    for (const name of Object.keys(own)) known.add(name);
    if (value !== null) namesOf.set(subject, (namesOf.get(subject) ?? new Set()).add(String(value)));
  }
  if (known.has(label)) return { what: `the values of ${label} in fold`, namesOf };
  throw new RangeError(
    `Cannot split: "label" must be one that recordings have, got ${show(label)}${didYouMean(label, known)}`,
  );
}

/** The people of each side, and those who are on several. Throws RangeError for a name that nobody is found under. */
function sidesOf({ what, namesOf }: ListedPeople, { listed, number }: { listed: Listed; number: number }) {
  const known = new Set([...namesOf.values()].flatMap((names) => [...names]));
  const lists = SIDES.map((side) => [side, new Set(listed[side]?.map(String))] as const);
  for (const name of lists.flatMap(([, names]) => [...names])) {
    if (known.has(name)) continue;
    throw new RangeError(
      `Cannot split: ${what} ${number} must be among the ${known.size} of the dataset, got ${show(name)}${
        didYouMean(name, known)
      }`,
    );
  }
  const others = listed.train === undefined ? "train" : "no side";
  const ofName = (name: string) => {
    const sides = lists.flatMap(([side, names]) => names.has(name) ? [side] : []);
    return sides.length === 0 ? [others] : sides;
  };
  const placed = [...namesOf].map(([subject, names]) =>
    [subject, [...new Set([...names].flatMap(ofName))]] as const
  );
  return {
    on: (side: typeof SIDES[number]) =>
      new Set(placed.flatMap(([subject, sides]) => sides.includes(side) ? [subject] : [])),
    torn: placed.filter(([, sides]) => sides.length > 1),
  };
}
