/**
 * One person in two databases.
 *
 * @module
 */
import { isSameDatabase } from "./databases.ts";

/** A person by the name that a dataset gives them. */
export interface NamedPerson {
  /** The name of the dataset's folder. */
  readonly dataset: string;
  readonly subject: string;
}

const QTDB = "qtdb", EXCERPT = "sel";
/**
 * The databases that records of the QT Database are excerpts of: European ST-T, MIT-BIH Long-Term, Arrhythmia, Normal Sinus Rhythm, Sudden
 * Cardiac Death, ST Change and Supraventricular Arrhythmia. No two have a record of the same name.
 */
const EXCERPTED = ["edb", "ltdb", "mitdb", "nsrdb", "sddb", "stdb", "svdb"];

/**
 * The name that a person has in another dataset, or undefined where nobody knows that they are in it; a database is the same under its
 * short name and under that by which PhysioNet packs it.
 *
 * Record `sel100` of the QT Database is an excerpt of record 100 of one of the databases above.
 *
 * Source: PhysioNet, "A database for evaluation of algorithms ...: The records": names are `selnnnn`, nnnn being the record in the
 * source database.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(subjectIn("qt-database-1.0.0", { dataset: "mitdb", subject: "100" }), "sel100");
 * assert.equal(subjectIn("mitdb", { dataset: "qtdb", subject: "sel100" }), "100");
 * assert.equal(subjectIn("mitdb", { dataset: "mit-bih-arrhythmia-database", subject: "100" }), "100");
 * assert.equal(subjectIn("mitdb", { dataset: "ludb", subject: "100" }), undefined);
 * ```
 */
export function subjectIn(dataset: string, { dataset: own, subject }: NamedPerson): string | undefined {
  if (isSameDatabase(dataset, own)) return subject;
  if (isSameDatabase(dataset, QTDB)) return isExcerpted(own) ? EXCERPT + subject : undefined;
  if (!isSameDatabase(own, QTDB) || !isExcerpted(dataset) || !subject.startsWith(EXCERPT)) return undefined;
  return subject.slice(EXCERPT.length);
}

function isExcerpted(dataset: string): boolean {
  return EXCERPTED.some((name) => isSameDatabase(name, dataset));
}
