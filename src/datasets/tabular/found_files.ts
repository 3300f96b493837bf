/**
 * The files of a folder whose names tell whose they are, with their labels.
 *
 * @module
 */
import { join } from "node:path";
import { readDelimited } from "../../formats/table/delimited.ts";
import { byCodePoint } from "../../formats/window_table.ts";
import { filesIn } from "../files.ts";
import { type LabelParameters, type LabelTable, readLabelTable } from "./label_table.ts";
import { type Place, placesOf } from "./pattern.ts";

/** A file with what its name tells. */
export interface FoundFile {
  readonly path: string;
  readonly place: Place;
}

/**
 * The files whose names fit a pattern, that of the labels aside, by subject, session and stimulus in code-point order.
 *
 * Throws RangeError, with the folder or the file, where there is none and where two are of one place.
 */
export async function findFiles(
  folder: string,
  { pattern, labelFile }: { pattern: string; labelFile?: string },
): Promise<FoundFile[]> {
  const read = placesOf(pattern);
  const found = (await filesIn(folder)).flatMap((path) => {
    const place = path === labelFile ? null : read(path);
    return place === null ? [] : [{ path: join(folder, path), place }];
  }).toSorted((one, other) => byCodePoint(idOf(one.place), idOf(other.place)));
  if (found.length === 0) {
    throw new RangeError(
      `${folder}: Cannot open the recordings: the names of its files must be as in ${pattern}, got none`,
    );
  }
  const twin = found.find(({ place }, index) => index > 0 && idOf(found[index - 1].place) === idOf(place));
  if (twin === undefined) return found;
  throw new RangeError(
    `${twin.path}: Cannot open the recordings: each must be of another subject, session or stimulus, got ${
      idOf(twin.place)
    } twice`,
  );
}

/** `subject/session/stimulus`. */
export function idOf({ subject, session, stimulus }: Place): string {
  return `${subject}/${session}/${stimulus}`;
}

/** Reads a table of labels from its file. */
export async function openLabels(
  file: string,
  { labels, delimiter }: { labels: Readonly<Record<string, LabelParameters>>; delimiter: "," | ";" | "\t" },
): Promise<LabelTable> {
  return readLabelTable(readDelimited(await Deno.readTextFile(file), { file, delimiter }), { labels });
}
