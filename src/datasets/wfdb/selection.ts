/**
 * Which records of a WFDB database are used, and whose they are.
 *
 * @module
 */
import { basename } from "node:path";
import { didYouMean } from "../../manifest/choice.ts";
import { joinNames } from "../../manifest/show.ts";
import type { DatabaseTables, KnownDatabase } from "./databases.ts";
import type { FoundRecord } from "./folder.ts";
import type { WfdbParameters } from "./schema.ts";

/** A record with the person that it belongs to. */
export interface SelectedRecord extends FoundRecord {
  /** The person's name: the record's own, its folder's, or that of the first record of the person. */
  readonly subject: string;
}

/** The records in use. */
export interface Selection {
  /** By name, in code-point order. */
  readonly records: readonly SelectedRecord[];
  /** What was left out and why, and persons that count as several. */
  readonly notes: readonly string[];
}

/**
 * Selects from `found` as the parameters say. A record is its own person unless the database's tables or the record's name
 * say more.
 *
 * Throws RangeError, with the nearest name, for a record that doesn't exist, and a folder without records; when a person is in
 * two groups, or folders don't tell people apart, or tables lack a record; and when no record is left.
 */
export function selectRecords(
  all: readonly FoundRecord[],
  { parameters, folder, known, tables }: {
    parameters: WfdbParameters;
    folder: string;
    known?: KnownDatabase;
    tables?: DatabaseTables;
  },
): Selection {
  const { found, note } = inFolders(all, { parameters, folder, known });
  const { records, exclude, subject, sameSubject } = parameters;
  const ofKey = (names: readonly string[], key: string) => findNamed(names, { found, key, folder });
  const chosen = records && new Set(ofKey(records, "records"));
  const excluded = new Set(exclude.flatMap((group) => ofKey(group.records, "exclude.records")));

  const own = subject === "record" ? personOf({ folder, known, tables }) : folderSubjects(found, folder);
  const first = new Map<string, string>();
  for (const group of sameSubject) {
    const people = new Set(ofKey(group, "sameSubject").map(own)), [name] = people;
    for (const person of people) {
      if (first.has(person)) {
        throw new RangeError(
          `${folder}: Cannot join records of one person: each must be in one group of sameSubject, got ${person} in two`,
        );
      }
      first.set(person, name);
    }
  }

  const selected = found.filter((record) =>
    (chosen === undefined || chosen.has(record)) && !excluded.has(record)
  )
    .map((record) => ({ ...record, subject: first.get(own(record)) ?? own(record) }));
  if (selected.length === 0) {
    throw new RangeError(
      `${folder}: Cannot open the WFDB database: exclude.records must leave at least one record, got none`,
    );
  }
  const notes: string[] = [...known?.notes ?? [], ...note];
  if (chosen) notes.push(`${selected.length} of the database's ${found.length} records are used`);
  for (const { records, why } of exclude) notes.push(`Left out: ${enumerate(records)}: ${why}`);
  return { records: selected, notes: [...notes, ...unjoined(selected, known?.sameSubject ?? [])] };
}

/** The records in the folders that are asked for or, where the database is known for one, in that. */
function inFolders(
  all: readonly FoundRecord[],
  { parameters: { folders }, folder, known }: {
    parameters: WfdbParameters;
    folder: string;
    known?: KnownDatabase;
  },
): { found: readonly FoundRecord[]; note: string[] } {
  const isIn = (record: FoundRecord, name: string) =>
    record.folder === name || record.folder.startsWith(`${name}/`);
  const within = (name: string) => all.filter((record) => isIn(record, name));
  if (folders !== undefined) {
    const empty = folders.find((name) => within(name).length === 0);
    if (empty !== undefined) {
      throw new RangeError(
        `${folder}: Cannot find records: each of "folders" must hold some, got none in ${
          JSON.stringify(empty)
        }`,
      );
    }
    return { found: all.filter((record) => folders.some((name) => isIn(record, name))), note: [] };
  }
  const usual = known?.folder === undefined ? [] : within(known.folder);
  if (usual.length === 0 || usual.length === all.length) return { found: all, note: [] };
  return { found: usual, note: [`The records in ${known?.folder} are used; folders: [...] names others`] };
}

/** The person that the tables of a database name or a record's name holds; the record's own name otherwise. */
function personOf(
  { folder, known, tables }: { folder: string; known?: KnownDatabase; tables?: DatabaseTables },
): (record: FoundRecord) => string {
  return ({ name }) => {
    if (tables === undefined) return known?.subjectInName?.exec(name)?.[1] ?? name;
    const facts = tables.records.get(name);
    if (facts !== undefined) return facts.subject;
    throw new RangeError(
      `${folder}: Cannot tell whose record ${name} is: ${
        tables.files.map((path) => basename(path)).join(" and ")
      } must list it, got no row`,
    );
  };
}

function findNamed(
  names: readonly string[],
  { found, key, folder }: { found: readonly FoundRecord[]; key: string; folder: string },
): FoundRecord[] {
  return names.map((name) => {
    const record = found.find((candidate) => candidate.name === name);
    if (record !== undefined) return record;
    throw new RangeError(
      `${folder}: Cannot find a record: "${key}" must name records of this database, such as ${
        found[0].name
      }, ` +
        `got "${name}"${didYouMean(name, found.map((candidate) => candidate.name))}`,
    );
  });
}

/** Names a record's person after the folder that it lies in. */
function folderSubjects(found: readonly FoundRecord[], folder: string): (record: FoundRecord) => string {
  const folders = new Map<string, string>();
  for (const record of found) {
    const person = basename(record.folder), other = folders.get(person) ?? record.folder;
    if (record.folder === ".") {
      throw new RangeError(
        `${record.header}: Cannot tell whose record ${record.name} is: with subject "folder" it must lie in a person's folder, ` +
          `got the database's own`,
      );
    }
    if (other !== record.folder) {
      throw new RangeError(
        `${folder}: Cannot name people after folders: the folders' names must differ, got ${other} and ${record.folder}`,
      );
    }
    folders.set(person, record.folder);
  }
  return (record) => basename(record.folder);
}

/** A note for every group of records that are known to be one person's and are used as several people's. */
function unjoined(
  selected: readonly SelectedRecord[],
  groups: readonly (readonly string[])[],
): string[] {
  return groups.flatMap((group) => {
    const used = selected.filter(({ name }) => group.includes(name));
    if (new Set(used.map(({ subject }) => subject)).size < 2) return [];
    const names = used.map(({ name }) => name);
    return [
      `Records ${enumerate(names)} are one person's and count as ${names.length} people; ` +
      `sameSubject: [[${names.join(", ")}]] joins them`,
    ];
  });
}

function enumerate(names: readonly string[]): string {
  return joinNames(names, { last: "and" });
}
