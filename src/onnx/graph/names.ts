/**
 * Names of values: those that must differ from each other, and those of constants that are no weights.
 *
 * @module
 */

/** What the names of constants end in that no weight is. */
export const CONSTANT = "constant";

/** Whether a name is that of a constant that is no weight. */
export function isConstantName(name: string): boolean {
  return new RegExp(`(^|/)${CONSTANT}(_\\d+)?$`).test(name);
}

/**
 * The name that is wished, or it with the lowest number from 2 that is free: `conv`, `conv_2`, `conv_3`.
 *
 * `taken` holds the names that are given, each with the number from which to look on for another; the new one is added.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const taken = new Map([["conv_2", 2]]);
 * assert.deepEqual(["conv", "conv", "pool"].map((wish) => uniqueName(wish, taken)), ["conv", "conv_3", "pool"]);
 * ```
 */
export function uniqueName(wish: string, taken: Map<string, number>): string {
  let name = wish, copy = taken.get(wish) ?? 2;
  for (; taken.has(name); copy++) name = `${wish}_${copy}`;
  taken.set(wish, copy);
  taken.set(name, taken.get(name) ?? 2);
  return name;
}
