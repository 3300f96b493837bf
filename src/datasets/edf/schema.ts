/**
 * The parameters of a folder of EDF files.
 *
 * @module
 */
import { z } from "zod";
import { about, file, labelFileIsGiven, path } from "../tabular/schema.ts";

/** A folder of EDF files in a manifest. */
export const edfSchema = z.strictObject({
  path,
  file: file.default("{subject}.edf").describe(
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
  ...about,
}).check(labelFileIsGiven);

/** Parameters with every default filled in. */
export type EdfParameters = z.output<typeof edfSchema>;
