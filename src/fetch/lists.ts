/**
 * Lists of published files, in the forms that repositories of data give them.
 *
 * @module
 */
import { z } from "zod";
import { type Ask, type Origin, parsed } from "./answer.ts";
import { type ListedFile, requirePaths } from "./listed_file.ts";
import { listMendeley } from "./mendeley.ts";

/** What a list says. */
export interface Listing {
  readonly files: readonly ListedFile[];
  /** The text of `SHA256SUMS.txt`, which may be kept beside the files. */
  readonly sums?: string;
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

/** The forms of lists by name: what asks for all parts of a list and reads them. */
export const LISTS = {
  async sha256sums(list, ask) {
    const sums = await ask(list);
    return { files: readSha256Sums(sums, { list }), sums };
  },
  async figshare(list, ask) {
    return { files: readFigshareFiles(await ask(list), { list }) };
  },
  async mendeley(list, ask) {
    return { files: required(await listMendeley(list, ask), { list }) };
  },
} as const satisfies Record<string, (list: string, ask: Ask) => Promise<Listing>>;

/** The name of a form. */
export type ListForm = keyof typeof LISTS;

function required(files: ListedFile[], { list }: Origin): ListedFile[] {
  if (files.length === 0) {
    throw new SyntaxError(`${list}: Cannot read the list: it must name files, got none`);
  }
  requirePaths(files, { list });
  return files;
}
