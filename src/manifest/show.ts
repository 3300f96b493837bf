/**
 * Values and names as a message shows them: short, on one line, as YAML would write them.
 *
 * @module
 */

const LONGEST = 60;

/**
 * A value for the end of a message, `got <value>`; what is long is cut.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(show({ scope: "subject", trim: NaN }), '{scope: "subject", trim: .nan}');
 * assert.equal(show(undefined), "nothing");
 * ```
 */
export function show(value: unknown): string {
  return cut(full(value, { holders: [] }));
}

/** Names in a row: `a`, `a or b`, `a, b or c`; the last word is `or` unless another is given. */
export function joinNames(names: readonly string[], options: { last?: string } = {}): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} ${options.last ?? "or"} ${names.at(-1)}`;
}

/**
 * The first of many names, and how many more there are: `a, b and 3 more`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(firstNames(["a", "b", "c"], { most: 2 }), "a, b and 1 more");
 * assert.equal(firstNames(["a", "b"], { most: 2 }), "a, b");
 * ```
 */
export function firstNames(names: readonly string[], { most }: { readonly most: number }): string {
  const more = names.length - most;
  return names.slice(0, most).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function full(value: unknown, options: { holders: readonly unknown[] }): string {
  if (value === undefined) return "nothing";
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return showNumber(value);
  if (typeof value === "bigint") return `the big integer ${value}`;
  if (typeof value === "function") return "a function";
  if (typeof value === "symbol") return "a symbol";
  if (options.holders.includes(value)) return "what holds itself";
  const holders = [...options.holders, value];
  if (Array.isArray(value)) return `[${Array.from(value, (item) => full(item, { holders })).join(", ")}]`;
  if (value instanceof Date) return `the date ${value.toISOString().replace(/T00:00:00.000Z$/, "")}`;
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  if (typeof name === "string" && name !== "Object") return `a ${name}`;
  return `{${Object.entries(value).map(([key, held]) => `${key}: ${full(held, { holders })}`).join(", ")}}`;
}

function showNumber(value: number): string {
  if (Number.isNaN(value)) return ".nan";
  if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
  return Object.is(value, -0) ? "-0" : String(value);
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 3)}...`;
}
