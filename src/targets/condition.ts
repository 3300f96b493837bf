/**
 * Classes from a condition: each is a set of the condition's values.
 *
 * @module
 */
import { z } from "zod";
import { unknownName } from "../manifest/choice.ts";
import { classSetsOf, hasPositive, orderClasses, positionsOfValues } from "./classes.ts";
import { conditionValues, readCondition } from "./recording_label.ts";
import { type Outcome, recordingTarget, type TargetSource } from "./target.ts";

/** The parameters of `condition`. */
export const conditionSchema = z.strictObject({
  label: z.string().min(1).default("condition").describe("Name of the condition."),
  classes: classSetsOf(z.string().min(1)).describe(
    "The values of each class; recordings with a value of no class are discarded.",
  ),
  positive: z.string().min(1).optional().describe(
    "The class that AUROC and average precision refer to; default: the last by code point.",
  ),
}).refine(hasPositive, { error: "must be the name of a class", path: ["positive"] });

/** Parameters with every default filled in. */
export type ConditionParameters = z.output<typeof conditionSchema>;

/**
 * A recording has the class that lists its condition; without a condition, or with one in no class, it is discarded.
 *
 * Classes are ordered by code point, the positive one last: the order of keys in a manifest means nothing.
 *
 * `prepare` throws RangeError when the label is unknown, a class lists a value that the dataset doesn't have, or a
 * recording has one; TypeError when the label is a rating.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const parameters = conditionSchema.parse({ classes: { stress: ["T", "I"], calm: ["N"] } });
 * const target = condition.prepare(parameters, {
 *   recordings: [],
 *   ranges: { condition: { values: ["N", "T", "I", "R"] } },
 * });
 * assert.deepEqual(target.classes, ["calm", "stress"]);
 * assert.equal(target.positive, 1);
 * ```
 */
export const condition: TargetSource<ConditionParameters> = {
  prepare({ label, classes, positive }, { recordings, ranges }) {
    const values = conditionValues({ label, ranges });
    const names = orderClasses({ classes, positive });
    for (const name of names) {
      const unknown = classes[name].find((value) => !values.includes(value));
      if (unknown !== undefined) {
        throw unknownName({ what: `value of the class "${name}"`, name: unknown, known: values });
      }
    }
    const classOf = positionsOfValues(classes, names);
    const outcomes = new Map<string, Outcome>();
    for (const recording of recordings) {
      const value = readCondition(recording, { label, values });
      const position = value === null ? undefined : classOf.get(value);
      if (position !== undefined) outcomes.set(recording.id, { class: position });
      else {
        const reason = value === null ? `${label} is missing` : `${label} "${value}" is in no class`;
        outcomes.set(recording.id, { reason });
      }
    }
    return recordingTarget(names, outcomes);
  },
};
