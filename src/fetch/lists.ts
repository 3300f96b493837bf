/**
 * Lists of published files, in the forms that repositories of data give them.
 *
 * @module
 */
import { z } from "zod";
import { type ListedFile, requirePaths } from "./listed_file.ts";

/** Where a list was read. */
interface Origin {
  /** Its address, which errors begin with. */
  readonly list: string;
}

/**
 * Reads `SHA256SUMS.txt`, as PhysioNet publishes it (64 hexadecimal digits, a space, a path seen from the list's own folder) and as
 * `sha256sum` writes it (with another space or `*` before the path).
 *
 * Throws SyntaxError for another line and RangeError for a path that leads out of the folder; both begin with the list's address.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [file] = readSha256Sums(`${"0a".repeat(32)}  100.dat\n`, { list: "https://host/mitdb/SHA256SUMS.txt" });
 * assert.equal(file.url, "https://host/mitdb/100.dat");
 * assert.equal(file.checksum.hex, "0a".repeat(32));
 * ```
 */
export function readSha256Sums(text: string, { list }: Origin): ListedFile[] {
  const base = new URL(".", list);
  const files = text.split("\n").flatMap((line, index): ListedFile[] => {
    const trimmed = line.replace(/\r$/, "");
    if (trimmed === "") return [];
    const [, hex, path] = /^([0-9a-fA-F]{64}) [ *]?(.+)$/.exec(trimmed) ?? [];
    if (hex === undefined) {
      throw new SyntaxError(
        `${list}: Cannot read line ${
          index + 1
        }: it must be a SHA-256 in hexadecimal, a space and a path, got ${
          JSON.stringify(trimmed.slice(0, 80))
        }`,
      );
    }
    const url = new URL(path.split("/").map(encodeURIComponent).join("/"), base).href;
    return [{ path, url, checksum: { algorithm: "sha256", hex: hex.toLowerCase() } }];
  });
  return required(files, { list });
}

const figshareFiles = z.array(z.object({
  name: z.string(),
  size: z.int().min(0),
  download_url: z.url(),
  computed_md5: z.string().regex(/^[0-9a-f]{32}$/i),
}));

/**
 * Reads what figshare's public interface says of an article's files (`/v2/articles/<id>/files`): name, size, address and MD5.
 *
 * Throws SyntaxError for what is no such list and RangeError for a name that is no file's; both begin with the list's address.
 *
 * Source: docs.figshare.com, "List article files".
 */
export function readFigshareFiles(text: string, { list }: Origin): ListedFile[] {
  const files = parsed(text, { list, schema: figshareFiles, what: "figshare's files of an article" });
  return required(
    files.map(({ name, size, download_url: url, computed_md5: md5 }) => ({
      path: name,
      url,
      bytes: size,
      checksum: { algorithm: "md5", hex: md5.toLowerCase() },
    })),
    { list },
  );
}

const mendeleyFiles = z.array(z.object({
  filename: z.string(),
  content_details: z.object({
    sha256_hash: z.string().regex(/^[0-9a-f]{64}$/i),
    size: z.int().min(0),
    download_url: z.url(),
  }),
}));

/**
 * Reads what Mendeley Data's public interface says of the files in a dataset's first folder
 * (`/public-api/datasets/<id>/files?folder_id=root&version=<n>`): name, size, address and SHA-256.
 *
 * The layout is the one that public code reads, not verified on an answer of the server. Throws as `readFigshareFiles` does.
 */
export function readMendeleyFiles(text: string, { list }: Origin): ListedFile[] {
  const files = parsed(text, { list, schema: mendeleyFiles, what: "Mendeley's files of a dataset" });
  return required(
    files.map(({ filename, content_details: { sha256_hash: hash, size, download_url: url } }) => ({
      path: filename,
      url,
      bytes: size,
      checksum: { algorithm: "sha256", hex: hash.toLowerCase() },
    })),
    { list },
  );
}

/** The forms of lists by name. */
export const LISTS = {
  sha256sums: readSha256Sums,
  figshare: readFigshareFiles,
  mendeley: readMendeleyFiles,
} as const satisfies Record<string, (text: string, origin: Origin) => ListedFile[]>;

/** The name of a form. */
export type ListForm = keyof typeof LISTS;

function parsed<T>(
  text: string,
  { list, schema, what }: Origin & { schema: z.ZodType<T>; what: string },
): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new SyntaxError(`${list}: Cannot read the list: it must be JSON, got: ${error.message}`, {
      cause: error,
    });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [{ path, message }] = result.error.issues;
  throw new SyntaxError(
    `${list}: Cannot read the list: it must be ${what}, got at ${path.join(".") || "the top"}: ${message}`,
  );
}

function required(files: ListedFile[], { list }: Origin): ListedFile[] {
  if (files.length === 0) {
    throw new SyntaxError(`${list}: Cannot read the list: it must name files, got none`);
  }
  requirePaths(files, { list });
  return files;
}
