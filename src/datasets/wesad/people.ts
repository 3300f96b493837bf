/**
 * Finding the people of WESAD and their files.
 *
 * @module
 */
import { join, resolve } from "node:path";
import type { DatasetContext } from "../dataset.ts";
import { notExcluded } from "../exclude.ts";
import { foldersIn, requireFile, requireFolder } from "../files.ts";
import type { WesadParameters } from "./schema.ts";

/** A person's files. */
export interface Person {
  /** As in `S2`. */
  readonly subject: string;
  /** The path of what holds the signals. */
  readonly signals: string;
  /** The path of the questionnaire; null where it is not to be read. */
  readonly questionnaire: string | null;
}

/** The people whose data are published: S1 and S12 are not. */
export const PUBLISHED = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17].map((number) => `S${number}`);

/**
 * The people who have a folder, in code-point order.
 *
 * Throws RangeError where the folder or a file is missing, or nobody is there.
 */
export async function findPeople(
  { path, from, questionnaire, exclude }: WesadParameters,
  { dataFolder }: DatasetContext,
): Promise<{ folder: string; people: Person[] }> {
  const folder = resolve(dataFolder, path);
  await requireFolder(folder, { what: "WESAD", dataFolder });
  const found = (await foldersIn(folder)).filter((name) => /^S\d+$/.test(name));
  const subjects = notExcluded(found, { exclude, folder });
  if (subjects.length === 0) {
    throw new RangeError(
      `${folder}: Cannot open WESAD: it must hold a folder for each person, S2 to S17, got none`,
    );
  }
  const people = subjects.map((subject) => {
    const at = (ending: string) => join(folder, subject, `${subject}${ending}`);
    return {
      subject,
      signals: at(from === "pickle" ? ".pkl" : "_respiban.txt"),
      questionnaire: questionnaire === "none" ? null : at("_quest.csv"),
    };
  });
  for (const { subject, signals, questionnaire } of people) {
    await requireFile(signals, { what: `the recording of ${subject}` });
    if (questionnaire !== null) await requireFile(questionnaire, { what: `the questionnaire of ${subject}` });
  }
  return { folder, people };
}
