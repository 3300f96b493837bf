/**
 * The canonical form of a value and the identity that follows from it: equal values, equal hashes.
 *
 * @module
 */
import canonicalize from "canonicalize";
import { createHash } from "node:crypto";
import { findNotJson } from "./json.ts";
import { formatPath } from "./paths.ts";
import { show } from "./show.ts";

/**
 * The canonical JSON of a value: keys by UTF-16 code unit, numbers as ECMAScript writes them, no white space.
 *
 * Throws TypeError when the value holds something that JSON can't: undefined, NaN, an infinity, a function, a date,
 * half a surrogate pair (see `findNotJson`); nothing is left out or turned into null.
 *
 * Source: RFC 8785, JSON Canonicalization Scheme.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(canonicalJson({ b: [1e3, -0], a: "é" }), '{"a":"é","b":[1000,0]}');
 * ```
 */
export function canonicalJson(value: unknown): string {
  const [wrong] = findNotJson(value);
  const text = wrong ? undefined : canonicalize(value);
  if (text === undefined) {
    const place = formatPath(wrong?.path ?? []) || "the value";
    throw new TypeError(
      `Cannot write canonical JSON: ${place} must be a JSON value, got ${show(wrong?.value)}`,
    );
  }
  return text;
}

/**
 * The identity of a value: the first 32 hexadecimal digits of the SHA-256 of its canonical JSON, as UTF-8.
 *
 * Throws TypeError as `canonicalJson` does.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(identity({ a: 1, b: 2 }), identity({ b: 2, a: 1 }));
 * ```
 */
export function identity(value: unknown): string {
  return sha256(canonicalJson(value)).slice(0, 32);
}

/**
 * The SHA-256 of bytes, or of text as UTF-8, in 64 hexadecimal digits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
 * ```
 */
export function sha256(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}
