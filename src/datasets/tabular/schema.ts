/**
 * What manifests say of a folder of files, whatever their format.
 *
 * @module
 */
import { z } from "zod";
import { pathSchema } from "../path.ts";
import { labelSchema } from "./label_table.ts";

/** Where the files are. */
export const path = pathSchema("Folder of the files");

/** Their labels, their licence and what to cite. */
export const about = {
  labels: z.record(z.string().min(1), labelSchema).default({}).describe(
    "Labels of recordings: {from, to} for a rating, {values} for a condition.",
  ),
  labelFile: z.string().min(1).optional().describe(
    "CSV in the folder with columns subject, session and stimulus (those that it needs) and one for each label.",
  ),
  licence: z.string().min(1).default("not stated").describe("Licence of the data."),
  citation: z.string().min(1).default("not stated").describe("What to cite."),
};

/** That there is a table of labels where there are labels: for files without a place for them. */
export const labelFileIsGiven = z.refine<z.output<z.ZodObject<typeof about>>>(
  ({ labels, labelFile }) => Object.keys(labels).length === 0 || labelFile !== undefined,
  { error: "must be given where there are labels", path: ["labelFile"] },
);
