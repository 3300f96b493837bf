/**
 * The conditions of WESAD, in the words of each of its files.
 *
 * @module
 */

/** The conditions that recordings have. */
export const CONDITIONS = ["amusement", "baseline", "meditation", "stress"] as const;

/** The name of a condition. */
export type Condition = typeof CONDITIONS[number];

/** What the pickle's labels 0 to 7 mean; null for what is no condition: 0 is transient, 5 to 7 are to be ignored. */
export const OF_LABEL: readonly (Condition | null)[] = [
  null,
  "baseline",
  "stress",
  "amusement",
  "meditation",
  null,
  null,
  null,
];

/** What the questionnaire calls the conditions; null for reading, which has no questions. */
const IN_QUESTIONNAIRE: Readonly<Record<string, Condition | null>> = {
  base: "baseline",
  tsst: "stress",
  fun: "amusement",
  medi: "meditation",
  sread: null,
  fread: null,
  bread: null,
};

/** The condition that a questionnaire names, as in `Medi 1`; undefined for a name that is not known. */
export function conditionNamed(name: string): Condition | null | undefined {
  const word = name.toLowerCase().replace(/[\s\d]+$/, "");
  return Object.hasOwn(IN_QUESTIONNAIRE, word) ? IN_QUESTIONNAIRE[word] : undefined;
}

/**
 * Names what is of a condition by it, with a number where there are several of one condition.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const stretches = [{ condition: "meditation" }, { condition: "stress" }, { condition: "meditation" }] as const;
 * assert.deepEqual(namesOf(stretches), ["meditation-1", "stress", "meditation-2"]);
 * ```
 */
export function namesOf(all: readonly { readonly condition: Condition }[]): string[] {
  const sameAs = (condition: Condition) => (other: { readonly condition: Condition }) =>
    other.condition === condition;
  return all.map(({ condition }, index) => {
    if (all.filter(sameAs(condition)).length === 1) return condition;
    return `${condition}-${all.slice(0, index + 1).filter(sameAs(condition)).length}`;
  });
}
