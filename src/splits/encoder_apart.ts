/**
 * What an encoder out of a file may not have seen: the people who are tested.
 *
 * @module
 */
import { byCodePoint } from "../formats/window_table.ts";
import type { Check } from "./certificate.ts";

/** People of one dataset whom an encoder has seen. */
export interface SeenSubjects {
  /** The name of the dataset. */
  readonly dataset: string;
  /** Their names in it. */
  readonly subjects: readonly string[];
}

/**
 * The check `encoder-apart`: nobody whom a given encoder has seen, with labels or without, is tested. People are known by their names.
 *
 * `saw` is null where the file does not say whom; the check is not applicable then. `nameInTask` gives the name that the task's dataset has for
 * a person of another, undefined where they aren't known to be in it; `tested` tells who is tested, and in which fold, from 1, first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const saw = [{ dataset: "mitdb", subjects: ["100", "101"] }];
 * const { outcome, evidence } = certifyEncoder({
 *   saw, nameInTask: (subject) => subject, tested: new Map([["101", 1], ["102", 2]]),
 * });
 * assert.equal(outcome, "fail");
 * assert.equal(evidence, "1 of 2 subjects whom the given encoder has seen is tested: 101 in fold 1");
 * ```
 */
export function certifyEncoder<Seen extends SeenSubjects>({ saw, nameInTask, tested }: {
  saw: readonly Seen[] | null;
  nameInTask: (subject: string, seen: Seen) => string | undefined;
  tested: ReadonlyMap<string, number>;
}): Check {
  const name = "encoder-apart";
  if (saw === null) {
    return {
      name,
      outcome: "not-applicable",
      evidence:
        "the file of the given encoder does not say whom it has seen: tested people can't be excluded",
    };
  }
  const all = new Set(
    saw.flatMap(({ dataset, subjects }) => subjects.map((subject) => `${dataset}/${subject}`)),
  );
  const named = saw.flatMap((seen) => seen.subjects.flatMap((subject) => nameInTask(subject, seen) ?? []));
  const shared = [...new Set(named)].filter((subject) => tested.has(subject)).sort(byCodePoint);
  const people = `${all.size} subject${all.size === 1 ? "" : "s"}`;
  if (shared.length === 0) {
    const datasets = [...new Set(saw.map(({ dataset }) => dataset))].sort(byCodePoint).join(", ");
    const evidence = all.size === 0
      ? "the given encoder has seen nobody, as its file says"
      : `${people} of ${datasets} whom the given encoder has seen, none of whom is tested, by their names`;
    return { name, outcome: "pass", evidence };
  }
  const shown = shared.slice(0, 3).map((subject) => `${subject} in fold ${tested.get(subject)}`).join("; ");
  const more = shared.length > 3 ? `; and ${shared.length - 3} more` : "";
  return {
    name,
    outcome: "fail",
    evidence: `${shared.length} of ${people} whom the given encoder has seen ${
      shared.length === 1 ? "is" : "are"
    } tested: ${shown}${more}`,
  };
}
