/**
 * What a list of published files says of one of them.
 *
 * @module
 */

/** A checksum that a publisher gives. */
export interface Checksum {
  readonly algorithm: "sha256" | "md5";
  /** Lower case. */
  readonly hex: string;
}

/** A file to download. */
export interface ListedFile {
  /** Where it goes, seen from the dataset's folder, with `/`. */
  readonly path: string;
  readonly url: string;
  /** Where the list says so. */
  readonly bytes?: number;
  readonly checksum: Checksum;
}

/** What a file is called while it is incomplete. */
export const PART = ".part";

/** Control characters, and what Windows does not allow or understands as a drive or a stream. */
const FORBIDDEN = /[\p{Cc}\\:*?"<>|]/u;

/**
 * Whether a path, with `/`, stays inside the folder it is meant for, on every system.
 *
 * It does not begin with `/`; no part of it is empty, `.` or `..`, ends in a dot or a space, or holds a backslash, a colon or a
 * control character.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.ok(staysInside("records500/00000/00001_hr.dat"));
 * assert.ok(!staysInside("../evil"));
 * assert.ok(!staysInside("C:\\evil"));
 * ```
 */
export function staysInside(path: string): boolean {
  return path.split("/").every((part) => part !== "" && !/[. ]$/.test(part) && !FORBIDDEN.test(part));
}

/** Throws RangeError, which begins with the list's name, unless every path stays inside, is there once and is no other's folder. */
export function requirePaths(files: readonly ListedFile[], { list }: { list: string }): void {
  const seen = new Set<string>();
  for (const { path } of files) {
    if (!staysInside(path) || path.endsWith(PART)) {
      throw new RangeError(
        `${list}: Cannot download what it lists: a path must stay inside the dataset's folder, got ${
          JSON.stringify(path)
        }`,
      );
    }
    if (seen.has(path)) {
      throw new RangeError(
        `${list}: Cannot download what it lists: each path must be there once, got ${
          JSON.stringify(path)
        } again`,
      );
    }
    seen.add(path);
  }
  for (const path of seen) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      if (!seen.has(path.slice(0, end))) continue;
      throw new RangeError(
        `${list}: Cannot download what it lists: a file must not be a folder as well, got ${
          JSON.stringify(path.slice(0, end))
        } and ${JSON.stringify(path)}`,
      );
    }
  }
}
