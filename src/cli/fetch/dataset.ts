/**
 * Downloading the files of a dataset into its folder.
 *
 * @module
 */
import { join } from "node:path";
import type { ListedFile } from "../../fetch/listed_file.ts";
import { type Listing, LISTS } from "../../fetch/lists.ts";
import type { Source } from "../../fetch/sources.ts";
import { UsageError } from "../exit.ts";
import { compare, type Download, download, downloadText } from "./download.ts";
import { PAUSES } from "./persistence.ts";

/** Hears how a download goes. */
export interface Listener {
  begin(files: number): void;
  came(bytes: number): void;
  finished(how: "kept" | "downloaded"): void;
}

/** What is downloaded, and where to. */
export interface DatasetOptions {
  readonly folder: string;
  /** Address of a mirror's folder, which holds `SHA256SUMS.txt` and the files beside it. */
  readonly from?: string;
  /** Files and folders to take, as the list names them; all of them when empty. */
  readonly only: readonly string[];
  /** Replaces files that are not what the list says. */
  readonly force: boolean;
  readonly signal: AbortSignal;
  readonly listener: Listener;
  /** Seconds between attempts. */
  readonly pauses?: readonly number[];
}

/** What was done. */
export interface Fetched {
  readonly files: number;
  readonly kept: number;
  readonly downloaded: number;
  /** Bytes that came. */
  readonly bytes: number;
  /** The files' paths in the folder. */
  readonly paths: readonly string[];
}

/** Files that come at a time: small ones wait for the server more than for the line. */
const AT_A_TIME = 4;
/** The list of a database of a million files is some 150 MB. */
const LARGEST_LIST = 256e6;
const SUMS = "SHA256SUMS.txt";

/**
 * Downloads what is missing of a dataset.
 *
 * A file whose checksum is right is kept; one that differs is left as it is and named in the error at the end, unless `force`
 * says to replace it. Throws UsageError for what a person has to look at, and the reason of `signal` when it aborts.
 */
export async function fetchDataset(source: Source, options: DatasetOptions): Promise<Fetched> {
  const { folder, from, only, force, signal, listener } = options;
  const { form, url } = from === undefined ? source.list : mirrorList(from);
  let bytes = 0, kept = 0, downloaded = 0;
  const stop = new AbortController();
  const settings: Download = {
    trust: { list: url, hosts: from === undefined ? source.hosts : [] },
    largestFile: source.largestFile,
    signal: AbortSignal.any([signal, stop.signal]),
    pauses: options.pauses ?? PAUSES,
    came(count) {
      bytes += count;
      listener.came(count);
    },
  };
  const ask = (part: string) =>
    downloadText(part, { ...settings, largestFile: LARGEST_LIST, came: () => undefined });
  const { files: all, sums }: Listing = await LISTS[form](url, ask);
  const files = chosen(all, { only, list: url });
  listener.begin(files.length);
  await Deno.mkdir(folder, { recursive: true });

  const others: string[] = [];
  const one = async (file: ListedFile) => {
    const target = join(folder, file.path), state = await compare(target, file.checksum);
    if (state === "other" && !force) {
      others.push(file.path);
      return;
    }
    if (state !== "right") await download(file, target, settings);
    if (state === "right") kept++;
    else downloaded++;
    listener.finished(state === "right" ? "kept" : "downloaded");
  };
  const queue = files.values();
  const worker = async () => {
    for (const file of queue) {
      settings.signal.throwIfAborted();
      await one(file);
    }
  };
  await together(Array.from({ length: AT_A_TIME }, worker), { stop });
  requireNone(others, { folder });
  if (sums !== undefined && only.length === 0) await Deno.writeTextFile(join(folder, SUMS), sums);
  return { files: files.length, kept, downloaded, bytes, paths: files.map(({ path }) => path) };
}

/** Waits for all; what goes wrong first stops the others, and is thrown when they have ended. */
async function together(all: readonly Promise<void>[], { stop }: { stop: AbortController }): Promise<void> {
  const problems: unknown[] = [];
  await Promise.all(all.map((one) =>
    one.catch((error) => {
      problems.push(error);
      stop.abort();
    })
  ));
  if (problems.length > 0) throw problems[0];
}

function mirrorList(from: string): Source["list"] {
  const base = URL.parse(from.endsWith("/") ? from : `${from}/`);
  if (base === null || !/^https?:$/.test(base.protocol)) {
    throw new UsageError(
      `Cannot download from a mirror: --from must be an address with https://, got ${from}`,
    );
  }
  return { form: "sha256sums", url: new URL(SUMS, base).href };
}

/** The files that are asked for. Throws UsageError where one of `only` is in no path. */
function chosen(
  files: readonly ListedFile[],
  { only, list }: { only: readonly string[]; list: string },
): readonly ListedFile[] {
  if (only.length === 0) return files;
  const within = (path: string, prefix: string) =>
    path === prefix || path.startsWith(prefix.endsWith("/") ? prefix : `${prefix}/`);
  const unknown = only.find((prefix) => !files.some(({ path }) => within(path, prefix)));
  if (unknown !== undefined) {
    throw new UsageError(
      `${list}: Cannot choose files: --only must name a file or a folder of the list, as in ${
        files[0].path
      }, got ${unknown}`,
    );
  }
  return files.filter(({ path }) => only.some((prefix) => within(path, prefix)));
}

function requireNone(others: readonly string[], { folder }: { folder: string }): void {
  if (others.length === 0) return;
  const named = others.toSorted().slice(0, 5).join(", ");
  throw new UsageError(
    `${folder}: Cannot fetch ${others.length} of its files: a file that is there must have the published checksum, got another in ${named}${
      others.length > 5 ? ", ..." : ""
    }; --force replaces such files, and all others are in place`,
  );
}
