/**
 * What is known of databases beyond their files.
 *
 * @module
 */

/** A database that is known by the name of its folder. */
export interface KnownDatabase {
  /** The licence of its recordings. */
  readonly licence: string;
  /** What its authors ask to cite, with the source of the files. */
  readonly citation: string;
  /** Groups of records that are one person's. */
  readonly sameSubject?: readonly (readonly string[])[];
}

const ODC_BY = "Open Data Commons Attribution License v1.0 (ODC-BY 1.0)";

const MITDB: KnownDatabase = {
  licence: ODC_BY,
  citation: "Moody GB, Mark RG. The impact of the MIT-BIH Arrhythmia Database. IEEE Eng Med Biol Mag " +
    "2001;20(3):45-50. doi:10.1109/51.932724. Data: PhysioNet, doi:10.13026/C2F305",
  sameSubject: [["201", "202"]],
};

const LUDB: KnownDatabase = {
  licence: ODC_BY,
  citation:
    "Kalyakulina AI, Yusipov II, Moskalenko VA, Nikolskiy AV, Kosonogov KA, Osipov GV, Zolotykh NY, " +
    "Ivanchenko MV. LUDB: a new open-access validation tool for electrocardiogram delineation algorithms. " +
    "IEEE Access 2020;8:186181-186190. doi:10.1109/ACCESS.2020.3029211. Data: PhysioNet, doi:10.13026/eegm-h675",
};

/** The databases by the short name of their folder and by the name under which PhysioNet packs them. */
const DATABASES: Readonly<Record<string, KnownDatabase>> = {
  mitdb: MITDB,
  "mit-bih-arrhythmia-database": MITDB,
  ludb: LUDB,
  "lobachevsky-university-electrocardiography-database": LUDB,
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
