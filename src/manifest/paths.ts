/**
 * Key paths: `fit.epochs`, `hypotheses[0].arm`, `arms["a.b"].train`, and the values that they lead to.
 *
 * @module
 */
import { show } from "./show.ts";

/** The keys of maps (text) and the indexes of lists (whole numbers from 0) from the outermost inwards. */
export type Path = readonly (string | number)[];

const BARE = String.raw`[^.[\]="\s]+`;
const SEGMENT = new RegExp(
  String.raw`(?<dot>\.?)(?<bare>${BARE})|\[(?<index>\d+)\]|\[(?<quoted>"(?:[^"\\]|\\.)*")\]`,
  "y",
);
const ALL_BARE = new RegExp(`^${BARE}$`);

/**
 * Reads a key path.
 *
 * Keys are joined by dots, indexes of lists stand in brackets; a key that holds a dot, a bracket, a quote, an equals
 * sign or white space is written in brackets as JSON text. The empty text is the path of the whole value.
 *
 * Throws SyntaxError when the text is no path.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(parsePath('arms["a.b"].layers[2]'), ["arms", "a.b", "layers", 2]);
 * ```
 */
export function parsePath(text: string): (string | number)[] {
  const { path, rest } = parsePathPrefix(text);
  if (rest !== "") refuse(text, { rest });
  return path;
}

/**
 * Reads the key path that `text` starts with and gives what follows it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(parsePathPrefix('fit["a=b"]=5'), { path: ["fit", "a=b"], rest: "=5" });
 * ```
 */
export function parsePathPrefix(text: string): { path: (string | number)[]; rest: string } {
  const path: (string | number)[] = [];
  let end = 0;
  while (end < text.length) {
    SEGMENT.lastIndex = end;
    const groups = SEGMENT.exec(text)?.groups;
    // A dot stands between two keys: never before the first, always before a later one.
    if (!groups || groups.bare !== undefined && (groups.dot === "") !== (end === 0)) break;
    path.push(groups.bare ?? (groups.index ? Number(groups.index) : unquote(groups.quoted, { text })));
    end = SEGMENT.lastIndex;
  }
  return { path, rest: text.slice(end) };
}

/**
 * Writes a key path; `parsePath` reads it back.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(formatPath(["arms", "a.b", "layers", 2]), 'arms["a.b"].layers[2]');
 * ```
 */
export function formatPath(path: Path): string {
  return path.map((key, position) => {
    if (typeof key === "number") return `[${key}]`;
    if (!ALL_BARE.test(key)) return `[${JSON.stringify(key)}]`;
    return position === 0 ? key : `.${key}`;
  }).join("");
}

/** Whether two paths are the same, or the first leads to something that holds the second. */
export function startsWith(path: Path, start: Path): boolean {
  return start.length <= path.length && start.every((key, position) => key === path[position]);
}

/** Whether `value` holds something at `path`; null counts, undefined doesn't. */
export function hasPath(value: unknown, path: Path): boolean {
  return getPath(value, path) !== undefined;
}

/**
 * What `value` holds at `path`, or undefined where it holds nothing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(getPath({ seeds: [1, 2] }, ["seeds", 1]), 2);
 * assert.equal(getPath({ seeds: [1, 2] }, ["seeds", "length"]), undefined);
 * ```
 */
export function getPath(value: unknown, path: Path): unknown {
  let here = value;
  for (const key of path) here = child(here, key);
  return here;
}

/**
 * A copy of `value` that holds `to` at `path`; what lies beside the path is shared, maps on the way are made.
 *
 * Throws TypeError when the path leads through something that is no map (for a key) or no list (for an index), and
 * RangeError when an index lies outside its list.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(setPath({ a: 1 }, ["fit", "epochs"], { to: 5 }), { a: 1, fit: { epochs: 5 } });
 * ```
 */
export function setPath(value: unknown, path: Path, options: { to: unknown }): unknown {
  return replace(value, path, { depth: 0, to: options.to });
}

/** A copy of `value` without the key at `path`; `value` itself where there is no such key. */
export function removePath(value: unknown, path: Path): unknown {
  const parent = getPath(value, path.slice(0, -1)), last = path.at(-1);
  if (!isMap(parent) || last === undefined || !Object.hasOwn(parent, last)) return value;
  const kept = Object.fromEntries(Object.entries(parent).filter(([key]) => key !== last));
  return setPath(value, path.slice(0, -1), { to: kept });
}

/** Whether a value is a map of keys: an object that is no list and has no class of its own. */
export function isMap(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function replace(value: unknown, path: Path, options: { depth: number; to: unknown }): unknown {
  const { depth, to } = options;
  if (depth === path.length) return to;
  const key = path[depth];
  const next = replace(child(value, key), path, { depth: depth + 1, to });
  if (typeof key === "number") {
    if (!Array.isArray(value)) throw new TypeError(notThere(path, { depth, must: "a list", value }));
    if (key >= value.length) {
      throw new RangeError(notThere(path, { depth, must: `a list of more than ${key}`, value }));
    }
    return value.with(key, next);
  }
  if (value !== undefined && !isMap(value)) {
    throw new TypeError(notThere(path, { depth, must: "a map", value }));
  }
  return { ...value, [key]: next };
}

function notThere(path: Path, options: { depth: number; must: string; value: unknown }): string {
  const holder = formatPath(path.slice(0, options.depth)) || "the value";
  return `Cannot set the key: ${holder} must be ${options.must}, got ${show(options.value)}`;
}

function child(value: unknown, key: string | number): unknown {
  if (typeof key === "number") return Array.isArray(value) ? value[key] : undefined;
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function unquote(quoted: string, options: { text: string }): string {
  try {
    return JSON.parse(quoted);
  } catch (cause) {
    return refuse(options.text, { rest: quoted, cause });
  }
}

function refuse(text: string, options: { rest: string; cause?: unknown }): never {
  throw new SyntaxError(
    `Cannot read the key path: it must be like fit.epochs, seeds[0] or arms["a.b"], ` +
      `got ${show(text)}${options.rest === text ? "" : ` (from ${show(options.rest)} on)`}`,
    { cause: options.cause },
  );
}
