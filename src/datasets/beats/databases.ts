/**
 * What is known of databases of beat times beyond their files.
 *
 * @module
 */

/** A database that is known by the name of its folder. */
export interface KnownBeats {
  readonly licence: string;
  /** What its authors ask to cite, with the source of the files. */
  readonly citation: string;
  /** Folders of conditions in the order in which everybody went through them. */
  readonly order: readonly string[];
}

const DATABASES: Readonly<Record<string, KnownBeats>> = {
  gudb: {
    licence: "Creative Commons Attribution 3.0 Unported (CC BY 3.0)",
    citation:
      "Howell L, Porr B. High precision ECG database with annotated R peaks, recorded and filmed under " +
      "realistic conditions. University of Glasgow 2018. doi:10.5525/gla.researchdata.716",
    order: ["sitting", "maths"],
  },
};

/** What is known of the database in a folder of this name; undefined for others. */
export function knownBeats(folder: string): KnownBeats | undefined {
  return Object.hasOwn(DATABASES, folder) ? DATABASES[folder] : undefined;
}
