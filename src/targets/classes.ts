/**
 * Classes as sets of named values, such as conditions or kinds of beats.
 *
 * @module
 */
import { z } from "zod";
import { byCodePoint } from "../formats/window_table.ts";

/** The values of each class, by the name of the class. */
export type ClassSets = Readonly<Record<string, readonly string[]>>;

/** The schema of classes with values of this schema: at least two classes, and a value in one of them, once. */
export function classSetsOf<Value extends z.ZodType<string>>(
  value: Value,
): z.ZodRecord<z.ZodString, z.ZodArray<Value>> {
  return z.record(z.string().min(1), z.array(value).min(1))
    .refine((classes) => Object.keys(classes).length >= 2, { error: "at least two classes are needed" })
    .refine((classes) => {
      const values = Object.values(classes).flat();
      return new Set(values).size === values.length;
    }, { error: "a value must belong to one class, once" });
}

/** Whether the positive class is one of the classes; one that is left out is. */
export function hasPositive({ classes, positive }: { classes: ClassSets; positive?: string }): boolean {
  return positive === undefined || Object.hasOwn(classes, positive);
}

/**
 * The names of the classes by code point, the positive one last: the order of keys in a manifest means nothing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const classes = { stress: ["T"], calm: ["N"] };
 * assert.deepEqual(orderClasses({ classes }), ["calm", "stress"]);
 * assert.deepEqual(orderClasses({ classes, positive: "calm" }), ["stress", "calm"]);
 * ```
 */
export function orderClasses({ classes, positive }: { classes: ClassSets; positive?: string }): string[] {
  const names = Object.keys(classes).sort(byCodePoint);
  if (positive !== undefined) names.push(...names.splice(names.indexOf(positive), 1));
  return names;
}

/**
 * The position among `names` of the class that each value belongs to.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const positions = positionsOfValues({ stress: ["T", "I"], calm: ["N"] }, ["calm", "stress"]);
 * assert.deepEqual([...positions], [["N", 0], ["T", 1], ["I", 1]]);
 * ```
 */
export function positionsOfValues(
  classes: ClassSets,
  names: readonly string[],
): ReadonlyMap<string, number> {
  return new Map(names.flatMap((name, position) => classes[name].map((value) => [value, position] as const)));
}
