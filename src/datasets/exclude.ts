/**
 * People of a dataset who are left out, with the reason.
 *
 * @module
 */
import { z } from "zod";
import { didYouMean } from "../manifest/choice.ts";
import { joinNames } from "../manifest/show.ts";

/** Who is left out, and why. */
export interface Excluded {
  readonly subjects: readonly string[];
  readonly why: string;
}

/** Why something is left out. */
export const why = z.string().min(1).describe("The reason, which is printed with every result.");

/** The key `exclude` of a dataset whose people have names of this schema; `described` as in `People to leave out, as S2.`. */
export function excludeSchema(subject: z.ZodType<string, string>, described: string) {
  return z.strictObject({ subjects: z.array(subject).min(1).describe(described), why }).optional()
    .describe("People to leave out, and why.");
}

/**
 * The people who are not left out, in the order given.
 *
 * Throws RangeError, with the folder and the nearest name, where somebody to leave out is not among them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const people = ["S2", "S3"], folder = "WESAD";
 * assert.deepEqual(notExcluded(people, { exclude: { subjects: ["S2"], why: "noise" }, folder }), ["S3"]);
 * assert.throws(() => notExcluded(people, { exclude: { subjects: ["S33"], why: "noise" }, folder }), /got "S33"; did you mean "S3"/);
 * ```
 */
export function notExcluded(
  subjects: readonly string[],
  { exclude, folder }: { exclude: Excluded | undefined; folder: string },
): string[] {
  for (const name of exclude?.subjects ?? []) {
    if (subjects.includes(name)) continue;
    throw new RangeError(
      `${folder}: Cannot leave out a person: "exclude.subjects" must name people who are there, got "${name}"${
        didYouMean(name, subjects)
      }`,
    );
  }
  return subjects.filter((name) => !exclude?.subjects.includes(name));
}

/** What a reader must know of what was left out. */
export function leftOut(names: readonly string[], why: string): string {
  return `Left out: ${joinNames(names, { last: "and" })}: ${why}`;
}
