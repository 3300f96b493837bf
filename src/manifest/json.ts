/**
 * What JSON can hold, and what it can't.
 *
 * @module
 */
import { isMap, type Path } from "./paths.ts";

/** A value that JSON can't hold, and where it lies. */
export interface NotJson {
  /** Where it lies. */
  readonly path: Path;
  /** What lies there. */
  readonly value: unknown;
}

/**
 * Everything in `value` that JSON can't hold, outermost first.
 *
 * JSON holds null, true, false, finite numbers, well-formed text, lists, and maps that have no class. So these are
 * found: undefined, NaN, infinities, big integers, functions, symbols, dates, typed arrays and other instances, text
 * with half a surrogate pair, and a list or map that holds itself.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(findNotJson({ a: [1, NaN] }), [{ path: ["a", 1], value: NaN }]);
 * ```
 */
export function findNotJson(value: unknown): NotJson[] {
  return [...search(value, { path: [], holders: new Set() })];
}

function* search(value: unknown, options: { path: Path; holders: Set<unknown> }): Generator<NotJson> {
  const { path, holders } = options;
  if (value === null || typeof value === "boolean") return;
  if (typeof value === "number" && Number.isFinite(value)) return;
  if (typeof value === "string" && value.isWellFormed()) return;
  const isList = Array.isArray(value);
  if (!(isList || isMap(value)) || holders.has(value)) {
    yield { path, value };
    return;
  }
  holders.add(value);
  if (isList) {
    // By index, so that the holes of a sparse list are seen.
    for (let index = 0; index < value.length; index++) {
      yield* search(value[index], { path: [...path, index], holders });
    }
  } else {
    for (const [key, held] of Object.entries(value)) {
      if (!key.isWellFormed()) yield { path: [...path, key], value: key };
      yield* search(held, { path: [...path, key], holders });
    }
  }
  holders.delete(value);
}
