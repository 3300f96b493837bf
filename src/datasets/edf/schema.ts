/**
 * The parameters of a folder of EDF files.
 *
 * @module
 */
import { z } from "zod";
import { labelSchema } from "../tabular/label_table.ts";

/** A folder of EDF files in a manifest. */
export const edfSchema = z.strictObject({
  path: z.string().min(1).describe(
    "Folder of the files, relative to the data folder (EINTHOVEN_DATA, or data/ beside deno.json) or absolute.",
  ),
  file: z.string().min(1).default("{subject}.edf").describe(
    "Name of the files in the folder, with {subject} and, where the name tells them, {session} and {stimulus}; * is anything. " +
      "Each is a recording.",
  ),
  subject: z.enum(["file", "header"]).default("file").describe(
    "Where the person's name stands. file: in the file's name. header: EDF+ begins the patient field with a code; {subject} of " +
      "the file's name is the session then, unless {session} is.",
  ),
  leads: z.array(z.string().min(1)).min(1).optional().describe(
    "Labels of the signals to use, which must have one rate; default: all with the highest rate of their file.",
  ),
  labels: z.record(z.string().min(1), labelSchema).default({}).describe(
    "Labels of recordings: {from, to} for a rating, {values} for a condition.",
  ),
  labelFile: z.string().min(1).optional().describe(
    "CSV in the folder with columns subject, session and stimulus (those that it needs) and one for each label.",
  ),
  licence: z.string().min(1).default("not stated").describe("Licence of the data."),
  citation: z.string().min(1).default("not stated").describe("What to cite."),
}).refine(({ labels, labelFile }) => Object.keys(labels).length === 0 || labelFile !== undefined, {
  error: "must be given where there are labels",
  path: ["labelFile"],
});

/** Parameters with every default filled in. */
export type EdfParameters = z.output<typeof edfSchema>;
