/**
 * The file `split.json`: folds, their certificate, and a hash that shows whether folds were changed.
 *
 * @module
 */
import { identity } from "../manifest/canonical.ts";
import type { Check } from "./certificate.ts";
import type { Fold } from "./split.ts";

/** What `split.json` holds. */
export interface SplitFile {
  /** Window ids by fold and side. */
  readonly folds: readonly Fold[];
  /** The certificate. */
  readonly checks: readonly Check[];
  /** The identity of the folds. */
  readonly hash: string;
}

/**
 * Puts folds and checks together with the folds' identity.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const folds = [{ train: ["a"], validation: [], test: ["b"] }];
 * const { hash } = sealSplit({ folds, checks: [] });
 * assert.notEqual(hash, sealSplit({ folds: [{ train: ["b"], validation: [], test: ["a"] }], checks: [] }).hash);
 * ```
 */
export function sealSplit(
  { folds, checks }: { folds: readonly Fold[]; checks: readonly Check[] },
): SplitFile {
  return { folds, checks, hash: identity(folds) };
}

/**
 * Reads `split.json`.
 *
 * Throws SyntaxError when the text is not JSON, and RangeError when the folds are not those that the hash was made of.
 */
export function readSplit(text: string): SplitFile {
  const split: SplitFile = JSON.parse(text);
  const hash = identity(split.folds);
  if (hash !== split.hash) {
    throw new RangeError(`Cannot use a split: the identity of its folds must be ${split.hash}, got ${hash}`);
  }
  return split;
}

/** The checks that failed; a run stops at them unless the leak is allowed by name. */
export function failedChecks({ checks }: Pick<SplitFile, "checks">): Check[] {
  return checks.filter(({ outcome }) => outcome === "fail");
}
