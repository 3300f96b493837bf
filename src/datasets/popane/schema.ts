/**
 * The parameters of POPANE.
 *
 * @module
 */
import { z } from "zod";
import { pathSchema } from "../path.ts";

/** The part of a manifest of POPANE. */
export const popaneSchema = z.strictObject({
  path: pathSchema("Folder with the CSV files, in it or in folders of it"),
  stimuli: z.array(z.string().min(1)).min(1).optional().describe(
    "Stimuli to use, by the last part of the file names, as in Baseline, Threat; default: every one but All, which holds the others again.",
  ),
  subject: z.enum(["participant", "study-participant"]).default("participant").describe(
    "Whom P2 in S1_P2 is. participant: one person in every study. study-participant: numbers begin anew in each study.",
  ),
  markers: z.enum(["check", "ignore"]).default("check").describe(
    "check: the marker must be -1 throughout a Baseline file and nowhere else. ignore: file names alone tell.",
  ),
  affect: z.strictObject({
    from: z.number().default(0).describe("The least that is possible."),
    to: z.number().default(10).describe("The most that is possible."),
  }).refine(({ from, to }) => from < to, { error: "from must be below to" })
    .prefault({}).describe(
      "Range of the rating that people give all the time; a number outside is an error.",
    ),
});

/** Parameters with every default filled in. */
export type PopaneParameters = z.output<typeof popaneSchema>;
