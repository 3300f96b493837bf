/**
 * Finding people and their beat times.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { basename, join, resolve } from "node:path";
import { byCodePoint } from "../../formats/window_table.ts";
import type { DatasetContext } from "../dataset.ts";
import { type Excluded, notExcluded } from "../exclude.ts";
import { foldersIn, isThere, requireFolder } from "../files.ts";
import { readBeats } from "./beat_file.ts";
import type { BeatsParameters } from "./schema.ts";
import { equalMeanRateTimeline, measuredTimeline, type Timeline } from "./timeline.ts";

/** The beats of one person under one condition. */
export interface FoundBeats {
  readonly subject: string;
  /** The name of the condition, which is the value of the label. */
  readonly condition: string;
  /** The path of the file in the database's folder, with `/`. */
  readonly file: string;
  /** SHA-256 of the file. */
  readonly sha256: string;
  readonly timeline: Timeline;
}

/** A database whose beat times have been read. */
export interface OpenedBeats {
  /** The name of its folder. */
  readonly name: string;
  /** By subject and condition, in code-point order. */
  readonly recordings: readonly FoundBeats[];
}

/**
 * Reads the beat times of everybody in the database's folder: each folder in it is a person, unless its name begins with a dot.
 *
 * A person without the file under one of the conditions is an error: were another file taken, the label could be told from
 * which one it is. Throws RangeError for that, for a folder that doesn't exist or holds nobody, for somebody to exclude who isn't
 * there, and as {@link readBeats} does.
 */
export async function openBeats(
  parameters: BeatsParameters,
  { dataFolder }: DatasetContext,
): Promise<OpenedBeats> {
  const folder = resolve(dataFolder, parameters.path);
  const people = await findPeople(folder, { dataFolder, exclude: parameters.exclude });
  const conditions = Object.keys(parameters.conditions).toSorted(byCodePoint);
  const recordings: FoundBeats[] = [];
  for (const subject of people) {
    for (const condition of conditions) {
      recordings.push(await readPerson(subject, { condition, folder, parameters }));
    }
  }
  return { name: basename(folder), recordings };
}

async function findPeople(
  folder: string,
  { dataFolder, exclude }: { dataFolder: string; exclude: Excluded | undefined },
): Promise<string[]> {
  await requireFolder(folder, { what: "the beat times", dataFolder });
  const found = await foldersIn(folder), people = notExcluded(found, { exclude, folder });
  if (people.length === 0) {
    throw new RangeError(
      `${folder}: Cannot open the beat times: it must hold a folder for each person, got none` +
        (found.length === 0 ? "" : " that is not excluded"),
    );
  }
  return people;
}

async function readPerson(
  subject: string,
  { condition, folder, parameters }: { condition: string; folder: string; parameters: BeatsParameters },
): Promise<FoundBeats> {
  const { conditions, file: name, sampleRateHz, equalMeanRate } = parameters;
  const file = `${subject}/${conditions[condition]}/${name}`, path = join(folder, file);
  if (!await isThere(path, "isFile")) {
    throw new RangeError(
      `${path}: Cannot read the beat times of ${subject}: everybody must have this file under every condition, got none ` +
        `under ${condition}; "exclude" leaves people out`,
    );
  }
  const bytes = await Deno.readFile(path);
  const beats = readBeats(new TextDecoder().decode(bytes), { file: path, sampleRateHz });
  return {
    subject,
    condition,
    file,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    timeline: equalMeanRate === undefined
      ? measuredTimeline(beats)
      : equalMeanRateTimeline(beats, { ...equalMeanRate, file: path }),
  };
}
