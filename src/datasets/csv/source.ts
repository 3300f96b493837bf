/**
 * Recordings in CSV files: one file each, or all in one table.
 *
 * @module
 */
import { join } from "node:path";
import type { Dataset, DatasetContext, DatasetSource } from "../dataset.ts";
import { openFile, requireFile } from "../files.ts";
import { findFiles, findFolder, type FoundFolder, identityOf, openLabels } from "../tabular/found_files.ts";
import { type LabelTable, rangesOf } from "../tabular/label_table.ts";
import type { Place } from "../tabular/pattern.ts";
import { recordingsOfFile, recordingsOfTable } from "./recordings.ts";
import type { CsvParameters } from "./schema.ts";

/** A file with what its name tells; null for the one table of everybody. */
interface UsedFile {
  readonly path: string;
  readonly place: Place | null;
}

/**
 * Recordings `<folder>/<subject>/<session>/<stimulus>` of CSV files, whose rows are samples at one rate.
 *
 * With `{subject}` in the name of the files each is a recording; without it the one table holds them all, those of a subject after each
 * other, in the order of the table. A cell that is empty or `NaN` is a missing sample. Labels come from `labelFile`, or from columns
 * beside the samples, where they must be the same throughout a recording. Files are read in parts.
 *
 * Its identity is the SHA-256 of every file in use, and the parameters.
 */
export const csv: DatasetSource<CsvParameters> = {
  async identity(parameters, context) {
    return await identityOf(parameters, await find(parameters, context));
  },

  async open(parameters, context): Promise<Dataset> {
    const found = await find(parameters, context), { name, files } = found;
    const labels = await openLabels(found, parameters);
    return {
      simulated: false,
      licence: parameters.licence,
      citation: parameters.citation,
      labels: rangesOf(parameters.labels),
      notes: [
        ...parameters.unit === "not stated" ? ["The unit of the leads is not stated."] : [],
        ...labels === null ? [] : othersIn(labels, files),
      ],
      *recordings() {
        for (const { path, place } of files) {
          using source = openFile(path);
          yield* place === null
            ? recordingsOfTable(source, { name, labels, parameters })
            : [recordingsOfFile(source, { name, place, labels, parameters })];
        }
      },
    };
  },
};

/** What is said of rows without a recording, where names of files tell which there are. */
function othersIn(labels: LabelTable, files: readonly UsedFile[]): string[] {
  const places = files.map(({ place }) => place).filter((place) => place !== null);
  return places.length === 0 ? [] : labels.notesOfOthers(places);
}

async function find(
  parameters: CsvParameters,
  context: DatasetContext,
): Promise<FoundFolder & { readonly files: readonly UsedFile[] }> {
  if (parameters.file.includes("{")) return findFiles(parameters, context);
  const found = await findFolder(parameters, context), path = join(found.folder, parameters.file);
  await requireFile(path, { what: "the recordings" });
  return { ...found, files: [{ path, place: null }] };
}
