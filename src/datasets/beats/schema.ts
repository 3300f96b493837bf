/**
 * The parameters of measured beat times.
 *
 * @module
 */
import { z } from "zod";
import { isWholeLength } from "../../signal/window.ts";
import { noiseSchema } from "../ecg/schema.ts";
import { excludeSchema } from "../exclude.ts";
import { pathSchema } from "../path.ts";

/** A part of a recording's id. */
const condition = z.string().regex(/^[^\s/@]+$/, { error: "must be a word without / and @" });

/** The part of a manifest of a dataset of measured beat times. */
export const beatsSchema = z.strictObject({
  path: pathSchema("Folder with a folder for each person"),
  conditions: z.record(condition, z.string().min(1))
    .refine((folders) => Object.keys(folders).length > 0, { error: "must name at least one condition" })
    .refine((folders) => new Set(Object.values(folders)).size === Object.keys(folders).length, {
      error: "must name another folder for each condition",
    })
    .describe("The folder, in each person's, of every condition: {rest: sitting, stress: maths}."),
  file: z.string().min(1).default("annotation_cs.tsv").describe(
    "The file, in each condition's folder, that holds the sample number of a beat in every line.",
  ),
  sampleRateHz: z.number().min(50).max(100_000).default(250).describe(
    "Samples a second, as the beats' sample numbers count them.",
  ),
  exclude: excludeSchema(z.string().min(1), "Folders of the people to leave out."),
  equalMeanRate: z.strictObject({
    bpm: z.number().min(20).max(240).describe("The mean heart rate of every window."),
    windowSeconds: z.number().min(1).max(3600).describe(
      "Length of a window, in seconds; signal.window must have the same seconds and stride.",
    ),
  }).refine(({ bpm, windowSeconds }) => isWholeLength(bpm * windowSeconds / 60), {
    error: "bpm * windowSeconds / 60 must be a whole number of beats",
  }).optional().describe(
    "Scales time so that every window has the same mean heart rate and only the pattern of intervals is left; default: time as it was.",
  ),
  noise: noiseSchema,
  seed: z.int().default(1).describe(
    "The seed of waves and noise; a manifest's seeds change nothing in them.",
  ),
  licence: z.string().min(1).optional().describe("Licence of the data; default: that of a known database."),
  citation: z.string().min(1).optional().describe("What to cite; default: that of a known database."),
});

/** Parameters with every default filled in. */
export type BeatsParameters = z.output<typeof beatsSchema>;
