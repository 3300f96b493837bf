/**
 * What is wrong with a manifest, and where: one line a problem, all problems at once.
 *
 * @module
 */

/** Where something of a manifest was written: in a file (line and column from 1), or on the command line. */
export type Place =
  | { readonly file: string; readonly line: number; readonly column: number }
  | { readonly override: string };

/** One thing that is wrong with a manifest. */
export interface Problem {
  /** The file, or the override as it was written (`--set fit.epochs=0`). */
  readonly file: string;
  /** From 1; 0 where the problem has no line: a missing file, an override. */
  readonly line: number;
  /** From 1; 0 where the problem has no column. */
  readonly column: number;
  /** The key's path, `fit.epochs`; empty for the whole. */
  readonly path: string;
  /** `Cannot <action>: <what must hold>, got <value>`. */
  readonly message: string;
}

/** The problem of a message at a place. */
export function problemAt(place: Place, options: { path: string; message: string }): Problem {
  const { path, message } = options;
  if ("override" in place) return { file: place.override, line: 0, column: 0, path, message };
  return { file: place.file, line: place.line, column: place.column, path, message };
}

/**
 * A problem on one line: `file:line:column: path: message`, without the parts that it doesn't have.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const message = "Cannot use this value: it must be a number, got true";
 * const place = { file: "a.yaml", line: 3, column: 5 };
 * assert.equal(formatProblem(problemAt(place, { path: "fit.epochs", message })), `a.yaml:3:5: fit.epochs: ${message}`);
 * ```
 */
export function formatProblem(problem: Problem): string {
  const { file, line, column, path, message } = problem;
  const place = line > 0 ? `${file}:${line}:${column}` : file;
  return [place, path, message].filter((part) => part !== "").join(": ");
}

/** A manifest that can't be used. Its message has a line for every problem, by file and position, each once. */
export class ManifestError extends Error {
  /** The name of the class. */
  override readonly name = "ManifestError";
  /** By file, line, column and path. */
  readonly problems: readonly Problem[];

  /** The error of some problems, given in any order. */
  constructor(problems: Iterable<Problem>, options: { cause?: unknown } = {}) {
    const distinct = new Map([...problems].map((problem) => [formatProblem(problem), problem]));
    const sorted = [...distinct.values()].sort(byPlace);
    super(sorted.map(formatProblem).join("\n"), options);
    this.problems = sorted;
  }
}

function byPlace(a: Problem, b: Problem): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.path, b.path);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
