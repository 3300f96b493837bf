/**
 * WFDB databases: the MIT-BIH Arrhythmia Database, LUDB, PTB-XL and others of PhysioNet.
 *
 * @module
 */
import { basename, resolve } from "node:path";
import { byCodePoint } from "../../formats/window_table.ts";
import type { Dataset, DatasetContext, DatasetSource } from "../dataset.ts";
import { hashFiles } from "../files.ts";
import { type DatabaseTables, knownDatabase } from "./databases.ts";
import { findRecords } from "./folder.ts";
import { labelRanges } from "./labels.ts";
import { filesOf, type OpenedRecord, openRecord, readRecording } from "./record.ts";
import type { WfdbParameters } from "./schema.ts";
import { selectRecords } from "./selection.ts";

/**
 * A folder of WFDB records, each a recording: `<folder>/<subject>/1/<record>`, its leads in the header's units.
 *
 * Read are all sample formats but FLAC with their checksums, records in segments, annotations in the MIT format, what headers
 * say of age, sex, rhythm and diagnoses, and the tables of PTB-XL. A record whose signals differ in rate has that of the
 * fastest.
 *
 * Its identity is the SHA-256 of every file of the records in use and of the tables. Of records that are left out nothing is
 * read, but in a folder without `RECORDS` their headers, which may list segments.
 */
export const wfdb: DatasetSource<WfdbParameters> = {
  async identity(parameters, context) {
    const { name, folder, records, tables } = await openDatabase(parameters, context);
    return { name, files: await hashFiles(folder, [...tables?.files ?? [], ...records.flatMap(filesOf)]) };
  },

  async open(parameters, context): Promise<Dataset> {
    const { name, records, notes, tables } = await openDatabase(parameters, context);
    const labelsOf = (record: OpenedRecord) => ({
      ...record.labels,
      ...tables?.records.get(record.name)?.labels,
    });
    const known = knownDatabase(name), labels = labelRanges(records.map(labelsOf));
    const ids = new Map(records.map((record) => [`${name}/${record.subject}/1/${record.name}`, record]));
    return {
      simulated: false,
      licence: parameters.licence ?? known?.licence ?? "not stated",
      citation: parameters.citation ?? known?.citation ?? "not stated",
      labels,
      notes,
      async *recordings() {
        for (const [id, record] of [...ids].toSorted(([left], [right]) => byCodePoint(left, right))) {
          const own: Readonly<Record<string, number | string | null>> = labelsOf(record);
          const kept = Object.keys(labels).map((label) => [label, own[label] ?? null]);
          yield await readRecording(record, { id, labels: Object.fromEntries(kept) });
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
  /** What its tables say; undefined where it has none. */
  readonly tables?: DatabaseTables;
}

async function openDatabase(parameters: WfdbParameters, { dataFolder }: DatasetContext): Promise<Database> {
  const folder = resolve(dataFolder, parameters.path), name = basename(folder);
  const found = await findRecords(folder, { dataFolder }), known = knownDatabase(name);
  const tables = await known?.readTables?.(folder);
  const selection = selectRecords(found, { parameters, folder, known, tables });
  const records: OpenedRecord[] = [];
  for (const record of selection.records) records.push(await openRecord(record, parameters));
  return { name, folder, records, notes: selection.notes, tables };
}
