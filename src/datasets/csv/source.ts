/**
 * Recordings in CSV files: one file each, or all in one table.
 *
 * @module
 */
import { basename, join, resolve } from "node:path";
import type { Dataset, DatasetContext, DatasetSource } from "../dataset.ts";
import { hashFiles, openFile, requireFile, requireFolder } from "../files.ts";
import { findFiles, openLabels } from "../tabular/found_files.ts";
import { rangesOf } from "../tabular/label_table.ts";
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
    const { folder, name, files, labelFile } = await find(parameters, context),
      { path: _, ...others } = parameters;
    const paths = [...files.map(({ path }) => path), ...labelFile === null ? [] : [labelFile]];
    return { name, files: await hashFiles(folder, paths), parameters: others };
  },

  async open(parameters, context): Promise<Dataset> {
    const { name, files, labelFile } = await find(parameters, context);
    const labels = labelFile === null ? null : await openLabels(labelFile, parameters);
    return {
      simulated: false,
      licence: parameters.licence,
      citation: parameters.citation,
      labels: rangesOf(parameters.labels),
      notes: parameters.unit === "not stated" ? ["The unit of the leads is not stated."] : [],
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

async function find(parameters: CsvParameters, { dataFolder }: DatasetContext) {
  const folder = resolve(dataFolder, parameters.path);
  await requireFolder(folder, { what: "the recordings", dataFolder });
  const labelFile = parameters.labelFile === undefined ? null : join(folder, parameters.labelFile);
  if (labelFile !== null) await requireFile(labelFile, { what: "the labels" });
  return { folder, name: basename(folder), files: await filesOf(folder, parameters), labelFile };
}

async function filesOf(folder: string, { file, labelFile }: CsvParameters): Promise<UsedFile[]> {
  if (file.includes("{")) return findFiles(folder, { pattern: file, labelFile });
  const path = join(folder, file);
  await requireFile(path, { what: "the recordings" });
  return [{ path, place: null }];
}
