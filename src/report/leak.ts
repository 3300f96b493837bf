/**
 * The mark on everything that comes out of a run in which a failed check for leaks was overridden.
 *
 * @module
 */

/** The mark in words; empty where no leak was allowed. */
export function leakText(reason: string): string {
  return reason === "" ? "" : `Leak allowed, no estimate for new people: ${reason}`;
}
