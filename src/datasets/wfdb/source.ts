/**
 * WFDB databases: the MIT-BIH Arrhythmia Database, LUDB and others of PhysioNet.
 *
 * @module
 */
import { basename, resolve } from "node:path";
import { byCodePoint } from "../../formats/window_table.ts";
import type { Dataset, DatasetContext, DatasetSource } from "../dataset.ts";
import { hashFiles } from "../files.ts";
import { knownDatabase } from "./databases.ts";
import { findRecords } from "./folder.ts";
import { labelRanges } from "./labels.ts";
import { filesOf, type OpenedRecord, openRecord, readRecording } from "./record.ts";
import type { WfdbParameters } from "./schema.ts";
import { selectRecords } from "./selection.ts";

/**
 * A folder of WFDB records, each a recording: `<folder>/<subject>/1/<record>`, its leads in the header's units.
 *
 * Read are formats 16 and 212 with their checksums, annotations in the MIT format, and what headers say of age, sex, rhythm
 * and diagnoses. Not read are records in segments, signals with several samples per frame, and skewed signals: they are errors.
 *
 * Its identity is the SHA-256 of every file of the records in use. Nothing is read of records that are left out.
 */
export const wfdb: DatasetSource<WfdbParameters> = {
  async identity(parameters, context) {
    const { name, folder, records } = await openDatabase(parameters, context);
    return { name, files: await hashFiles(folder, records.flatMap(filesOf)) };
  },

  async open(parameters, context): Promise<Dataset> {
    const { name, records, notes } = await openDatabase(parameters, context);
    const known = knownDatabase(name), labels = labelRanges(records.map((record) => record.labels));
    const ids = new Map(records.map((record) => [`${name}/${record.subject}/1/${record.name}`, record]));
    return {
      simulated: false,
      licence: parameters.licence ?? known?.licence ?? "not stated",
      citation: parameters.citation ?? known?.citation ?? "not stated",
      labels,
      notes,
      async *recordings() {
        for (const [id, record] of [...ids].toSorted(([left], [right]) => byCodePoint(left, right))) {
          yield await readRecording(record, { id, labels: Object.keys(labels) });
        }
      },
    };
  },
};

/** A database whose headers have been read. */
interface Database {
  /** The name of its folder. */
  readonly name: string;
  readonly folder: string;
  readonly records: readonly OpenedRecord[];
  readonly notes: readonly string[];
}

async function openDatabase(parameters: WfdbParameters, { dataFolder }: DatasetContext): Promise<Database> {
  const folder = resolve(dataFolder, parameters.path), name = basename(folder);
  const found = await findRecords(folder, { dataFolder });
  const selection = selectRecords(found, { parameters, folder, known: knownDatabase(name) });
  const records: OpenedRecord[] = [];
  for (const record of selection.records) records.push(await openRecord(record, parameters));
  return { name, folder, records, notes: selection.notes };
}
