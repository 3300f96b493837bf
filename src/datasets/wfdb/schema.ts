/**
 * The parameters of a WFDB database.
 *
 * @module
 */
import { z } from "zod";
import { why } from "../exclude.ts";
import { pathSchema } from "../path.ts";

// YAML reads the record names 100 and 201 as numbers.
const record = z.union([z.string().min(1), z.int()]).transform(String);

const excluded = z.strictObject({
  records: z.array(record).min(1).describe("Names of the records to leave out."),
  why,
});

/** A WFDB database's part of a manifest. */
export const wfdbSchema = z.strictObject({
  path: pathSchema("Folder of the database"),
  records: z.array(record).min(1).optional().describe("Names of the records to use; default: all."),
  folders: z.array(
    z.string().regex(/^[^/\\.][^\\]*[^/\\]$/, { error: "must be a path in the database, as in records500" }),
  )
    .min(1).optional().describe(
      "Folders in the database whose records are used; default: all, of ptb-xl records500.",
    ),
  // One group is the list of it, so that both ways to write it are one manifest.
  exclude: z.union([excluded.transform((group) => [group]), z.array(excluded)], {
    error: "must be {records, why}, or a list of such",
  }).prefault([]).describe("Records to leave out, and why; a list where there are several reasons."),
  subject: z.enum(["record", "folder"]).default("record").describe(
    "Whom a record belongs to. record: each is a person, unless the database is known to have several of one (ptb-xl, icentia11k). " +
      "folder: each folder in the database is a person.",
  ),
  sameSubject: z.array(z.array(record).min(2)).default([]).describe(
    "Groups of records of one person; the subject is named after the first.",
  ),
  annotations: z.string().regex(/^\w+$/).optional().describe(
    "Extension of the annotation files, as in atr; default: atr, for the records that have such a file.",
  ),
  licence: z.string().min(1).optional().describe("Licence of the data; default: that of a known database."),
  citation: z.string().min(1).optional().describe("What to cite; default: that of a known database."),
});

/** Parameters with every default filled in. */
export type WfdbParameters = z.output<typeof wfdbSchema>;
