/**
 * What a corpus of its own may not share with the windows of the task.
 *
 * @module
 */
import { byCodePoint, type WindowRow } from "../formats/window_table.ts";
import type { Check } from "./certificate.ts";

/**
 * The check `corpus-apart`: no recording of the corpus is one of the task's, by name or by the samples of a window.
 *
 * Flat windows are equal to each other without being copies, and are left out.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const window = (recording: string, hash: string) => ({
 *   id: `${recording}@0+8`, recording, subject: "a", session: "1", first: 0, length: 8, hash, quality: "ok",
 * });
 * const { outcome, evidence } = certifyCorpus({
 *   corpus: [window("copy/a/1/r", "5e"), window("copy/a/1/s", "5f")],
 *   windows: [window("task/a/1/r", "5e")],
 * });
 * assert.equal(outcome, "fail");
 * assert.equal(evidence, "1 of 2 recordings of the corpus among those of the task: copy/a/1/r");
 * ```
 */
export function certifyCorpus(
  { corpus, windows }: { corpus: readonly WindowRow[]; windows: readonly WindowRow[] },
): Check {
  const names = new Set(windows.map(({ recording }) => recording));
  const hashes = new Set(windows.filter((window) => !isFlat(window)).map(({ hash }) => hash));
  const all = new Set(corpus.map(({ recording }) => recording));
  const shared = new Set(
    corpus.filter((window) => names.has(window.recording) || !isFlat(window) && hashes.has(window.hash))
      .map(({ recording }) => recording),
  );
  const name = "corpus-apart";
  if (shared.size === 0) {
    return {
      name,
      outcome: "pass",
      evidence: `${all.size} recording${
        all.size === 1 ? "" : "s"
      } of the corpus, none among those of the task`,
    };
  }
  const shown = [...shared].sort(byCodePoint).slice(0, 3).join(", ");
  return {
    name,
    outcome: "fail",
    evidence: `${shared.size} of ${all.size} recordings of the corpus among those of the task: ${shown}${
      shared.size > 3 ? ", ..." : ""
    }`,
  };
}

function isFlat({ quality }: WindowRow): boolean {
  return quality === "flat";
}
