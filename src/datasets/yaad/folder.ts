/**
 * Finding the files of YAAD.
 *
 * @module
 */
import { basename, join } from "node:path";
import { byCodePoint } from "../../formats/window_table.ts";
import { filesIn, requireFile, requireFolder } from "../files.ts";
import type { YaadParameters } from "./schema.ts";

/** One recording: a participant, a session, a video. */
export interface VideoFile {
  readonly path: string;
  readonly participant: number;
  readonly session: number;
  readonly video: number;
}

/** The files of a part of the dataset. */
export interface YaadFiles {
  /** By participant, session and video in the code-point order of their ids. */
  readonly videos: readonly VideoFile[];
  /** The table of self-annotations. */
  readonly table: string;
}

const NAME = /^ECGdata_s(\d+)p(\d+)v(\d+)\.dat$/i;
const TABLE_TYPES = ["xlsx", "csv"];

/**
 * The files `ECGdata_s1p2v3.dat` in the part's folder and its table, wherever in the folder they lie.
 *
 * Throws RangeError for a folder that isn't there or has no such file, for two of one name, and unless there is one table.
 */
export async function findFiles(
  folder: string,
  { parameters: { part, table }, dataFolder }: { parameters: YaadParameters; dataFolder: string },
): Promise<YaadFiles> {
  await requireFolder(folder, { what: "YAAD", dataFolder });
  const paths = await filesIn(folder, { wanted: (path) => NAME.test(basename(path)) || isTable(path) });
  const found = new Map<string, VideoFile>();
  for (const relative of paths) {
    const [, session, participant, video] = NAME.exec(basename(relative)) ?? [];
    if (session === undefined || !isOfPart(relative, part)) continue;
    const file = {
      path: join(folder, relative),
      session: Number(session),
      participant: Number(participant),
      video: Number(video),
    };
    const key = idOf(file), twin = found.get(key);
    if (twin !== undefined) {
      throw new RangeError(
        `${file.path}: Cannot open YAAD: there must be one file of ${key}, got ${twin.path} as well`,
      );
    }
    found.set(key, file);
  }
  if (found.size === 0) {
    throw new RangeError(
      `${folder}: Cannot open YAAD: the folder of the ${part} part must hold files as in ECGdata_s1p1v1.dat, got none`,
    );
  }
  const chosen = table ?? findTable(paths, { folder, part });
  await requireFile(join(folder, chosen), { what: "the self-annotations" });
  const videos = [...found].toSorted(([left], [right]) => byCodePoint(left, right)).map(([, file]) => file);
  return { videos, table: join(folder, chosen) };
}

/** The end of a recording's id: `p2/s1/v3`. */
export function idOf({ participant, session, video }: Omit<VideoFile, "path">): string {
  return `p${participant}/s${session}/v${video}`;
}

function findTable(
  paths: readonly string[],
  { folder, part }: { folder: string; part: YaadParameters["part"] },
): string {
  const named = paths.filter((path) => isTable(path) && isOfPart(basename(path), part));
  const found = TABLE_TYPES.map((type) => named.filter((path) => isOfType(path, type)))
    .find((ofType) => ofType.length > 0) ?? [];
  if (found.length === 1) return found[0];
  throw new RangeError(
    `${folder}: Cannot open YAAD: there must be one table of self-annotations of the ${part} part, .xlsx or .csv, got ` +
      `${found.join(", ") || "none"}; "table" can name it`,
  );
}

function isTable(path: string): boolean {
  return folded(basename(path)).startsWith("selfannotation") &&
    TABLE_TYPES.some((type) => isOfType(path, type));
}

function isOfType(path: string, type: string): boolean {
  return path.toLowerCase().endsWith(`.${type}`);
}

function isOfPart(path: string, part: YaadParameters["part"]): boolean {
  return folded(path).includes(folded(part));
}

function folded(text: string): string {
  return text.toLowerCase().replaceAll(/[-_\s]/g, "");
}
