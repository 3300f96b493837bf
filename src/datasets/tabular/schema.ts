/**
 * What manifests say of a folder of files, whatever their format.
 *
 * @module
 */
import { isAbsolute } from "node:path";
import { z } from "zod";
import { pathSchema } from "../path.ts";
import { labelSchema } from "./label_table.ts";
import { isPattern, PATTERN_RULE } from "./pattern.ts";

/** Where the files are. */
export const path = pathSchema("Folder of the files");

/** The pattern of their names. */
export const file = z.string().refine(isPattern, { error: PATTERN_RULE });

/** Their labels, their licence and what to cite. */
export const about = {
  labels: z.record(z.string().min(1), labelSchema).default({}).describe(
    "Labels of recordings: {from, to} for a rating, {values} for a condition.",
  ),
  labelFile: z.string().min(1).refine(isInside, { error: "must be a path in the folder" }).optional()
    .describe(
      "CSV or .xlsx in the folder with columns subject, session and stimulus (those that it needs) and one for each label.",
    ),
  licence: z.string().min(1).default("not stated").describe("Licence of the data."),
  citation: z.string().min(1).default("not stated").describe("What to cite."),
};

/** That there is a table of labels where there are labels: for files without a place for them. */
export const labelFileIsGiven = z.refine<z.output<z.ZodObject<typeof about>>>(
  ({ labels, labelFile }) => Object.keys(labels).length === 0 || labelFile !== undefined,
  { error: "must be given where there are labels", path: ["labelFile"] },
);

/** Whether a path stays in the folder that it starts from: nothing else of a disk is read. */
function isInside(path: string): boolean {
  return !isAbsolute(path) && !path.split(/[/\\]/).includes("..");
}
