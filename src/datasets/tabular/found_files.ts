/**
 * The files of a folder whose names tell whose they are, with their labels.
 *
 * @module
 */
import { basename, join, resolve } from "node:path";
import { readDelimited } from "../../formats/table/delimited.ts";
import { readXlsx } from "../../formats/table/xlsx.ts";
import { byCodePoint } from "../../formats/window_table.ts";
import type { DatasetContext } from "../dataset.ts";
import { filesIn, hashFiles, requireFile, requireFolder } from "../files.ts";
import { type LabelParameters, type LabelTable, readLabelTable } from "./label_table.ts";
import { type Place, placesOf } from "./pattern.ts";

/** What a manifest says of where files are. */
interface FolderParameters {
  readonly path: string;
  /** The pattern of their names. */
  readonly file: string;
  readonly labelFile?: string;
}

/** A folder of recordings. */
export interface FoundFolder {
  /** Its path. */
  readonly folder: string;
  /** Its name, which is that of the dataset. */
  readonly name: string;
  /** The path of the table of labels; null where there is none. */
  readonly labelFile: string | null;
}

/** A file with what its name tells. */
export interface FoundFile {
  readonly path: string;
  readonly place: Place;
}

/** The folder of a manifest. Throws RangeError, with the path, unless it and the table of labels are there. */
export async function findFolder(
  parameters: FolderParameters,
  { dataFolder }: DatasetContext,
): Promise<FoundFolder> {
  const folder = resolve(dataFolder, parameters.path);
  await requireFolder(folder, { what: "the recordings", dataFolder });
  const labelFile = parameters.labelFile === undefined ? null : join(folder, parameters.labelFile);
  if (labelFile !== null) await requireFile(labelFile, { what: "the labels" });
  return { folder, name: basename(folder), labelFile };
}

/**
 * The folder with the files whose names fit the pattern, that of the labels aside, by subject, session and stimulus in code-point
 * order.
 *
 * Throws RangeError, with the folder or the file, as {@link findFolder} does, where there is none and where two are of one place.
 */
export async function findFiles(
  parameters: FolderParameters,
  context: DatasetContext,
): Promise<FoundFolder & { readonly files: readonly FoundFile[] }> {
  const found = await findFolder(parameters, context), { folder } = found, read = placesOf(parameters.file);
  const placeOf = (path: string) => path === parameters.labelFile ? null : read(path);
  const paths = await filesIn(folder, { wanted: (path) => placeOf(path) !== null });
  const files = paths.flatMap((path) => {
    const place = placeOf(path);
    return place === null ? [] : [{ path: join(folder, path), place }];
  });
  if (files.length > 0) return { ...found, files: inOrder(files) };
  throw new RangeError(
    `${folder}: Cannot open the recordings: the names of its files must be as in ${parameters.file}, got none`,
  );
}

/** Files by subject, session and stimulus in code-point order. Throws RangeError, with the file, where two are of one place. */
export function inOrder(files: readonly FoundFile[]): FoundFile[] {
  const sorted = files.toSorted((one, other) => byCodePoint(idOf(one.place), idOf(other.place)));
  const twin = sorted.find(({ place }, index) => index > 0 && idOf(sorted[index - 1].place) === idOf(place));
  if (twin === undefined) return sorted;
  throw new RangeError(
    `${twin.path}: Cannot open the recordings: each must be of another subject, session or stimulus, got ${
      idOf(twin.place)
    } twice`,
  );
}

/** What identifies the recordings: the name of their folder, SHA-256 of every file, and the parameters but where it is. */
export async function identityOf<Parameters extends FolderParameters>(
  parameters: Parameters,
  { folder, name, labelFile, files }: FoundFolder & { readonly files: readonly { readonly path: string }[] },
) {
  const { path: _, ...others } = parameters;
  const paths = [...files.map(({ path }) => path), ...labelFile === null ? [] : [labelFile]];
  return { name, files: await hashFiles(folder, paths), parameters: others };
}

/** `subject/session/stimulus`. */
export function idOf({ subject, session, stimulus }: Place): string {
  return `${subject}/${session}/${stimulus}`;
}

/** Reads a table of labels from its file, text or the first sheet of a workbook; null where there is none. */
export async function openLabels(
  { labelFile: file }: FoundFolder,
  { labels, delimiter = "," }: {
    labels: Readonly<Record<string, LabelParameters>>;
    delimiter?: "," | ";" | "\t";
  },
): Promise<LabelTable | null> {
  if (file === null) return null;
  const table = /\.xlsx$/i.test(file)
    ? await readXlsx(await Deno.readFile(file), { file })
    : readDelimited(await Deno.readTextFile(file), { file, delimiter });
  return readLabelTable(table, { labels });
}
