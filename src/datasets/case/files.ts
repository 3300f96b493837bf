/**
 * Finding the files of CASE, as published and as cut for EPiC.
 *
 * @module
 */
import { join, resolve } from "node:path";
import { byCodePoint } from "../../formats/window_table.ts";
import type { DatasetContext } from "../dataset.ts";
import { notExcluded } from "../exclude.ts";
import { foldersIn, isThere, requireFile, requireFolder } from "../files.ts";
import type { CaseParameters } from "./schema.ts";

/** A file of signals with its file of ratings. */
export interface CaseFile {
  /** As in `sub_3`. */
  readonly subject: string;
  /** `1`; in EPiC the side that it was cut for, `train` or `test`. */
  readonly session: string;
  /** The video, as in `vid_3`; null for a file that has them all. */
  readonly video: string | null;
  readonly signals: string;
  readonly ratings: string;
}

/** A folder of signals and one of ratings, in which files have the same names. */
interface Pair {
  readonly session: string;
  readonly signals: string;
  readonly ratings: string;
}

/**
 * The files in the order of their recordings' ids.
 *
 * Throws RangeError, with the path, where a folder or a file of ratings is missing, or nobody is there.
 */
export async function findFiles(
  parameters: CaseParameters,
  { dataFolder }: DatasetContext,
): Promise<{ folder: string; files: CaseFile[] }> {
  const given = resolve(dataFolder, parameters.path), found: CaseFile[] = [];
  await requireFolder(given, { what: "CASE", dataFolder });
  const folder = await folderOfData(given, parameters);
  const pattern = parameters.form === "case" ? /^(sub_\d+)\.csv$/ : /^(sub_\d+)_(vid_\d+)\.csv$/;
  for (const { session, signals, ratings } of pairsIn(folder, parameters)) {
    await requireFolder(signals, { what: "the signals of CASE", dataFolder });
    const names = await Array.fromAsync(Deno.readDir(signals), ({ name }) => name);
    for (const name of names.sort(byCodePoint)) {
      const [, subject, video = null] = pattern.exec(name) ?? [];
      if (subject === undefined) continue;
      const file = { subject, session, video, signals: join(signals, name), ratings: join(ratings, name) };
      await requireFile(file.signals, { what: `the signals of ${subject}` });
      await requireFile(file.ratings, { what: `the ratings of ${subject}` });
      found.push(file);
    }
  }
  const all = [...new Set(found.map(({ subject }) => subject))].sort(byCodePoint);
  const subjects = notExcluded(all, { exclude: parameters.exclude, folder });
  const files = found.filter(({ subject }) => subjects.includes(subject));
  if (files.length === 0) {
    const [{ signals }] = pairsIn(folder, parameters);
    throw new RangeError(
      `${signals}: Cannot open CASE: it must hold files of people, as sub_1.csv, got none`,
    );
  }
  const keyOf = ({ subject, session, video }: CaseFile) => `${subject}/${session}/${video ?? ""}`;
  return { folder, files: files.toSorted((left, right) => byCodePoint(keyOf(left), keyOf(right))) };
}

/** The folder itself, or the one in it that holds the data, wherever the archive was unpacked. */
async function folderOfData(given: string, parameters: CaseParameters): Promise<string> {
  const holdsData = async (folder: string) => {
    const pairs = pairsIn(folder, parameters);
    return (await Promise.all(pairs.map(({ signals }) => isThere(signals, "isDirectory")))).includes(true);
  };
  if (await holdsData(given)) return given;
  const inside = (await foldersIn(given)).map((name) => join(given, name));
  const holding: string[] = [];
  for (const folder of inside) if (await holdsData(folder)) holding.push(folder);
  if (holding.length > 1) {
    throw new RangeError(
      `${given}: Cannot open CASE: one folder in it must hold the data, got ${holding.join(" and ")}`,
    );
  }
  return holding[0] ?? given;
}

/** The folders that the recordings lie in. */
function pairsIn(folder: string, { form, scenario, fold }: CaseParameters): Pair[] {
  if (form === "case") {
    const inside = join(folder, "data", "interpolated");
    return [{ session: "1", signals: join(inside, "physiological"), ratings: join(inside, "annotations") }];
  }
  const inside = join(folder, `scenario_${scenario}`, ...fold === undefined ? [] : [`fold_${fold}`]);
  return ["test", "train"].map((session) => ({
    session,
    signals: join(inside, session, "physiology"),
    ratings: join(inside, session, "annotations"),
  }));
}
