/**
 * What a corpus of its own may not share with the windows of the task.
 *
 * @module
 */
import { byCodePoint, type WindowRow } from "../formats/window_table.ts";
import type { Check } from "./certificate.ts";

/**
 * The check `corpus-apart`: no recording of the corpus is one of the task's, by name or by the samples of a window, and none is of a person
 * of the task. `nameInTask` gives the name that the task's dataset has for the person of a window of the corpus, undefined where they aren't
 * known to be in it.
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
 *   nameInTask: () => undefined,
 * });
 * assert.equal(outcome, "fail");
 * assert.equal(evidence, "1 of 2 recordings of the corpus among those of the task: copy/a/1/r");
 * ```
 */
export function certifyCorpus(
  { corpus, windows, nameInTask }: {
    corpus: readonly WindowRow[];
    windows: readonly WindowRow[];
    nameInTask: (window: WindowRow) => string | undefined;
  },
): Check {
  const names = new Set(windows.map(({ recording }) => recording));
  const hashes = new Set(windows.filter((window) => !isFlat(window)).map(({ hash }) => hash));
  const all = new Set(corpus.map(({ recording }) => recording));
  const shared = new Set(
    corpus.filter((window) => names.has(window.recording) || !isFlat(window) && hashes.has(window.hash))
      .map(({ recording }) => recording),
  );
  const tested = new Set(windows.map(({ subject }) => subject)), people = new Map<string, string>();
  for (const window of corpus) {
    const subject = nameInTask(window);
    if (subject !== undefined && tested.has(subject)) people.set(window.subject, subject);
  }
  const name = "corpus-apart";
  if (shared.size > 0) {
    const evidence = `${shared.size} of ${all.size} recordings of the corpus among those of the task: ${
      firstFew(shared)
    }`;
    return { name, outcome: "fail", evidence };
  }
  if (people.size > 0) {
    const known = [...people].map(([own, subject]) => own === subject ? own : `${own} (${subject} there)`);
    const evidence = `${count(people.size, "subject")} of the corpus among those of the task: ${
      firstFew(known)
    }`;
    return { name, outcome: "fail", evidence };
  }
  return {
    name,
    outcome: "pass",
    evidence: `${count(all.size, "recording")} of the corpus, none among those of the task`,
  };
}

function firstFew(names: Iterable<string>): string {
  const sorted = [...names].sort(byCodePoint);
  return `${sorted.slice(0, 3).join(", ")}${sorted.length > 3 ? ", ..." : ""}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function isFlat({ quality }: WindowRow): boolean {
  return quality === "flat";
}
