/**
 * A manifest against its schema: the values with every default, or every problem with its place.
 *
 * @module
 */
import type { z } from "zod";
import { suggest, suggesting } from "./choice.ts";
import { type Finding, findings, messageOf } from "./findings.ts";
import { findNotJson } from "./json.ts";
import { keysAt, keysOf, type Outline, outlineOf } from "./outline.ts";
import { formatPath, getPath, type Path } from "./paths.ts";
import { ManifestError, type Problem, problemAt } from "./problem.ts";
import type { ManifestSource } from "./read.ts";
import { joinNames, show } from "./show.ts";
import { oneOf } from "./wording.ts";

const MOST_ELSEWHERE = 2;

/**
 * The value of a manifest as its schema gives it, with every default filled in.
 *
 * Throws ManifestError with all problems at once, each with its place, the key's path, what must hold and what was
 * got. An unknown key comes with the nearest known one of its map, or with the place in the schema where a key of its
 * name belongs. A union reports on the member that fits best. What JSON can't hold (NaN, infinities, dates) is
 * refused whatever the schema says.
 *
 * `at` judges one part alone, `["signal"]`, by the schema of that part.
 *
 * Maps should be strict objects: an unknown key of another kind of object is dropped by zod, silently.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { z } from "zod";
 * import { readManifest } from "./read.ts";
 * const schema = z.strictObject({ epochs: z.int().min(1), batch: z.int().default(32) });
 * const source = (text: string) => readManifest("a.yaml", { readText: () => text });
 * assert.deepEqual(validate(schema, source("epochs: 3")), { epochs: 3, batch: 32 });
 * assert.throws(() => validate(schema, source("epochs: 0")), {
 *   message: "a.yaml:1:1: epochs: Cannot use this value: it must be a whole number of at least 1, got 0",
 * });
 * ```
 */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  source: ManifestSource,
  options: { at?: Path } = {},
): z.output<Schema> {
  const checked = check(schema, source, options);
  if ("problems" in checked) throw new ManifestError(checked.problems);
  return checked.output;
}

/** What `validate` gives or, where it would throw, the problems: to gather those of several values. */
export function check<Schema extends z.ZodType>(
  schema: Schema,
  source: ManifestSource,
  options: { at?: Path } = {},
): { output: z.output<Schema> } | { problems: Problem[] } {
  const { at = [] } = options, value = getPath(source.value, at);
  const notJson = findNotJson(value).filter(({ value: held }) => held !== undefined)
    .map(({ path, value: held }): Finding => ({ path, message: notJsonMessage(held) }));
  const parsed = schema.safeParse(value, { reportInput: true, error: messageOf });
  if (parsed.success && notJson.length === 0) return { output: parsed.data };
  const found = parsed.success ? [] : findings(parsed.error.issues, { value });
  // What JSON can't hold is said once, and in its own words.
  const said = new Set(notJson.map(({ path }) => formatPath(path)));
  const judged = found.filter(({ path, unknownKey }) => unknownKey || !said.has(formatPath(path)));
  const root = outlineOf(schema);
  const problems = [...judged, ...notJson].map((finding) => {
    const path = [...at, ...finding.path];
    const message = finding.unknownKey
      ? unknownKeyMessage(finding, { root, value, at }) + inherited(path, source)
      : finding.message;
    return problemAt(source.locate(path), { path: formatPath(path), message });
  });
  return { problems };
}

function notJsonMessage(value: unknown): string {
  const rule = typeof value === "number"
    ? "it must be a finite number"
    : "it must be text, a number, true, false, null, a list or a map";
  return `Cannot use this value: ${rule}, got ${show(value)}${
    value instanceof Date ? "; quote it to make it text" : ""
  }`;
}

function unknownKeyMessage(finding: Finding, options: { root: Outline; value: unknown; at: Path }): string {
  const { root, value, at } = options, key = String(finding.path.at(-1));
  const { known, choices } = keysAt(root, finding.path.slice(0, -1), { value, unknown: key });
  const nearest = suggest(key, known);
  const rule = known.length === 0 ? "this map must be empty" : `it must be ${oneOf(known)}`;
  if (choices.length > 0) {
    return `Cannot use this key: ${rule}, got ${show(key)}, which belongs to ${joinNames(choices)}`;
  }
  const suggestions = [...nearest === undefined ? [] : [nearest], ...elsewhere(key, { root, at })];
  return `Cannot use this key: ${rule}, got ${show(key)}${suggesting(suggestions)}`;
}

/** Where else in the schema a key of this name belongs. */
function elsewhere(key: string, options: { root: Outline; at: Path }): string[] {
  const before = options.at.length === 0 ? "" : `${formatPath(options.at)}.`;
  const paths = new Set(
    [...keysOf(options.root)].filter((row) => row.key === key).map(({ path }) => before + path),
  );
  return [...paths].slice(0, MOST_ELSEWHERE);
}

/** The way out for a manifest that extends one whose choice has other parameters. */
function inherited(path: Path, source: ManifestSource): string {
  const place = source.locate(path);
  const isInherited = "file" in place && place.file !== source.path;
  return isInherited ? ` (a manifest that extends this one leaves it out with "${path.at(-1)}: null")` : "";
}
