/**
 * The parameters of AMIGOS.
 *
 * @module
 */
import { z } from "zod";
import { pathSchema } from "../path.ts";

/** The part of a manifest of AMIGOS. */
export const amigosSchema = z.strictObject({
  path: pathSchema("Folder of the dataset, whose files are found in it and in the folders in it").default(
    "amigos",
  ),
  form: z.enum(["preprocessed", "original"]).default("preprocessed").describe(
    "preprocessed: Data_Preprocessed_Pxx.mat, 128 Hz. original: the Pxx.mat of a folder or name with the word original, 256 Hz.",
  ),
  videos: z.enum(["short", "long", "all"]).default("short").describe(
    "The 16 short videos, the 4 long ones (which some people have not seen), or all.",
  ),
  sampleRateHz: z.number().positive().max(10_000).optional().describe(
    "Samples a second; default: 128 for preprocessed, 256 for original, where it must agree with the column of times.",
  ),
  baselineSeconds: z.number().min(0).max(60).optional().describe(
    "What is cut off at the beginning of a video's signal; default: the 5 s before the video for preprocessed, nothing for original.",
  ),
  externalRange: z.strictObject({
    from: z.number().default(-1).describe("The lowest external rating."),
    to: z.number().default(1).describe("The highest external rating."),
  }).prefault({}).describe("The range of the external annotators' valence and arousal."),
});

/** Parameters with every default filled in. */
export type AmigosParameters = z.output<typeof amigosSchema>;
