/**
 * What is found when a run is computed again.
 *
 * @module
 */

/** What happened to a file. */
export const DIFFERENCES = {
  /** What lies there is no longer what was written. */
  changed: "changed since it was computed",
  /** Equal inputs gave other bytes. */
  different: "computes differently",
  /** The stage that wrote it ends with an error now. */
  failed: "can't be computed again",
} as const;

/** One file, or the rows of one cell in it, that is not as it should be. */
export interface Difference {
  readonly kind: keyof typeof DIFFERENCES;
  /** Its path in the results folder. */
  readonly file: string;
  /** The stage that wrote it, or the cell whose rows differ. */
  readonly of: string;
  /** SHA-256 by where the bytes come from; null where there are none. */
  readonly hashes: Readonly<Record<string, string | null>>;
  /** What a person sees there; empty where the hashes say it all. */
  readonly detail: string;
}
