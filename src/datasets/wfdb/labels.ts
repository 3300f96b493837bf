/**
 * What the comments of WFDB headers say of a person and a recording.
 *
 * The format asks for nothing there. Read are: `age` and `sex` as `<age>: 51` (LUDB), `Age: 62` (European ST-T) or as the
 * first words `69 M` (MIT-BIH); `Rhythm: ...`; and the lines after `<diagnoses>:` (LUDB).
 *
 * @module
 */
import { byCodePoint } from "../../formats/window_table.ts";
import type { LabelRange } from "../../formats/window_table.ts";

/** The range of ages. */
export const AGE = { from: 0, to: 120, unit: "years" };
/** The range of PTB-XL's folds: 1 to 8 to train, 9 to validate, 10 to test. */
export const FOLD = { from: 1, to: 10, unit: "fold number" };
/** The ranges of labels that are numbers. */
const NUMBERS: Readonly<Record<string, LabelRange>> = {
  age: AGE,
  stratFold: FOLD,
};

/** The labels of a record; null where its header doesn't say. */
export type WfdbLabels = {
  /** In years. A number that is no age, as -1 or 300 where it is withheld, is null. */
  readonly age: number | null;
  /** As the header writes it. */
  readonly sex: string | null;
  /** What `Rhythm:` says. */
  readonly rhythm: string | null;
  /** All findings but the rhythm, joined by `; `. */
  readonly diagnoses: string | null;
};

/**
 * Reads labels from the comments of a header.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const comments = ["<age>: 51", "<sex>: F", "<diagnoses>:", "Rhythm: Sinus rhythm.", "Early repolarization."];
 * assert.deepEqual(readLabels(comments), {
 *   age: 51, sex: "F", rhythm: "Sinus rhythm", diagnoses: "Early repolarization",
 * });
 * ```
 */
export function readLabels(comments: readonly string[]): WfdbLabels {
  const first = /^(-?\d+)\s+([MF])\b/.exec(comments[0] ?? "");
  const find = (pattern: RegExp) => comments.map((line) => pattern.exec(line)?.[1]).find((found) => found);
  const start = comments.findIndex((line) => /^<diagnoses>\s*:/i.test(line));
  const findings = start === -1 ? [] : comments.slice(start + 1).map(sentence)
    .filter((line) => line !== "" && !/^rhythm\s*:/i.test(line));
  return {
    age: readAge(find(/\bage>?\s*:\s*(-?\d+(?:\.\d+)?)/i) ?? first?.[1]),
    sex: find(/\bsex>?\s*:\s*([a-z]+)/i) ?? first?.[2] ?? null,
    rhythm: find(/^rhythm\s*:\s*(.*?)[.\s]*$/i) ?? null,
    diagnoses: findings.length === 0 ? null : findings.join("; "),
  };
}

/** The ranges of the labels that some record has. */
export function labelRanges(
  labels: readonly Readonly<Record<string, number | string | null>>[],
): Record<string, LabelRange> {
  const ranges: Record<string, LabelRange> = {};
  for (const name of new Set(labels.flatMap((of) => Object.keys(of)))) {
    const values = new Set(labels.map((of) => of[name] ?? null).filter((value) => value !== null));
    if (values.size === 0) continue;
    ranges[name] = NUMBERS[name] ?? { values: [...values].map(String).toSorted(byCodePoint) };
  }
  return ranges;
}

/** An age in years; null for a text that is none. */
function readAge(text: string | undefined): number | null {
  const years = text === undefined ? NaN : Number(text);
  return years >= AGE.from && years <= AGE.to ? years : null;
}

function sentence(line: string): string {
  return line.trim().replace(/\.$/, "");
}
