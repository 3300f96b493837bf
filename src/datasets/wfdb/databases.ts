/**
 * What is known of databases beyond their files.
 *
 * @module
 */

/** What a table of a database says of a record. */
export interface RecordFacts {
  /** Whose it is. */
  readonly subject: string;
  /** Labels by name; null where one is missing. */
  readonly labels: Readonly<Record<string, number | string | null>>;
}

/** Tables of a database, read. */
export interface DatabaseTables {
  /** The paths of the tables, which belong to what identifies the dataset. */
  readonly files: readonly string[];
  /** What they say, by the name of the record. */
  readonly records: ReadonlyMap<string, RecordFacts>;
}

/** A database that is known by the name of its folder. */
export interface KnownDatabase {
  /** The licence of its recordings. */
  readonly licence: string;
  /** What its authors ask to cite, with the source of the files. */
  readonly citation: string;
  /** Groups of records that are one person's. */
  readonly sameSubject?: readonly (readonly string[])[];
  /** The person in a record's name, as the first group; where it has several records of one. */
  readonly subjectInName?: RegExp;
  /** The folder in the database whose records are used where the manifest names none. */
  readonly folder?: string;
  /** What a reader of every result must know. */
  readonly notes?: readonly string[];
  /** Reads tables that say whose a record is, and its labels, from the folder of the database. */
  readonly readTables?: (folder: string) => Promise<DatabaseTables>;
}

const ODC_BY = "Open Data Commons Attribution License v1.0 (ODC-BY 1.0)";

/** A paper, with what PhysioNet asks to cite beside it: the database's own DOI, and PhysioNet's article. */
function withPhysionet(paper: string, { doi }: { doi: string }): string {
  return `${paper} Data: PhysioNet, doi:${doi}; Goldberger AL et al. Circulation 2000;101(23):e215-e220. ` +
    "doi:10.1161/01.CIR.101.23.e215";
}

const MITDB: KnownDatabase = {
  licence: ODC_BY,
  citation: withPhysionet(
    "Moody GB, Mark RG. The impact of the MIT-BIH Arrhythmia Database. IEEE Eng Med Biol Mag 2001;20(3):45-50. " +
      "doi:10.1109/51.932724.",
    { doi: "10.13026/C2F305" },
  ),
  sameSubject: [["201", "202"]],
};

const LUDB: KnownDatabase = {
  licence: ODC_BY,
  citation: withPhysionet(
    "Kalyakulina AI, Yusipov II, Moskalenko VA, Nikolskiy AV, Kosonogov KA, Osipov GV, Zolotykh NY, " +
      "Ivanchenko MV. LUDB: a new open-access validation tool for electrocardiogram delineation algorithms. " +
      "IEEE Access 2020;8:186181-186190. doi:10.1109/ACCESS.2020.3029211.",
    { doi: "10.13026/eegm-h675" },
  ),
};

const QTDB: KnownDatabase = {
  licence: ODC_BY,
  citation: withPhysionet(
    "Laguna P, Mark RG, Goldberger AL, Moody GB. A database for evaluation of algorithms for measurement of QT " +
      "and other waveform intervals in the ECG. Computers in Cardiology 1997;24:673-676. doi:10.1109/CIC.1997.648140.",
    { doi: "10.13026/C24K53" },
  ),
  notes: [
    "81 of the QT Database's 105 records are excerpts of other databases: sel100 is of the person of record 100 of the MIT-BIH " +
    "Arrhythmia Database. A model that has seen one of them knows people of the other.",
  ],
};

const PTB_XL: KnownDatabase = {
  licence: "Creative Commons Attribution 4.0 International (CC BY 4.0)",
  citation: withPhysionet(
    "Wagner P, Strodthoff N, Bousseljot RD, Kreiseler D, Lunze FI, Samek W, Schaeffter T. PTB-XL, a large publicly " +
      "available electrocardiography dataset. Sci Data 2020;7:154. doi:10.1038/s41597-020-0495-6.",
    { doi: "10.13026/kfzx-aw45" },
  ),
  folder: "records500",
  readTables: async (folder) => (await import("./ptb_xl.ts")).readPtbXlTables(folder),
};

const ICENTIA11K: KnownDatabase = {
  licence: "Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International (CC BY-NC-SA 4.0)",
  citation: withPhysionet(
    "Tan S, Androz G, Ortiz-Gagne S, Chamseddine A, Fecteau P, Courville A, Bengio Y, Cohen JP. Icentia11K: an " +
      "unsupervised representation learning dataset for arrhythmia subtype discovery. Computing in Cardiology 2021.",
    { doi: "10.13026/kk0v-r952" },
  ),
  subjectInName: /^(p\d+)_s\d+$/,
};

/** The databases by the short name of their folder and by the name under which PhysioNet packs them. */
const DATABASES: Readonly<Record<string, KnownDatabase>> = {
  mitdb: MITDB,
  "mit-bih-arrhythmia-database": MITDB,
  ludb: LUDB,
  "lobachevsky-university-electrocardiography-database": LUDB,
  qtdb: QTDB,
  "qt-database": QTDB,
  "ptb-xl": PTB_XL,
  "ptb-xl-a-large-publicly-available-electrocardiography-dataset": PTB_XL,
  icentia11k: ICENTIA11K,
  "icentia11k-continuous-ecg": ICENTIA11K,
  "icentia11k-single-lead-continuous-raw-electrocardiogram-dataset": ICENTIA11K,
};

/**
 * What is known of the database in a folder of this name, with or without a version at its end; undefined for others.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(knownDatabase("mit-bih-arrhythmia-database-1.0.0"), knownDatabase("mitdb"));
 * ```
 */
export function knownDatabase(folder: string): KnownDatabase | undefined {
  const name = folder.replace(/-\d+(\.\d+)+$/, "");
  return Object.hasOwn(DATABASES, name) ? DATABASES[name] : undefined;
}

/**
 * Whether two names are of one database: PhysioNet packs each under a long name with its version, and most people shorten that.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.ok(isSameDatabase("mit-bih-arrhythmia-database-1.0.0", "mitdb"));
 * assert.ok(!isSameDatabase("mitdb", "ludb"));
 * ```
 */
export function isSameDatabase(one: string, other: string): boolean {
  const known = knownDatabase(one);
  return one === other || known !== undefined && known === knownDatabase(other);
}
