/**
 * Parameters that every dataset of computed electrocardiograms has.
 *
 * @module
 */
import { z } from "zod";

const snrDb = z.number().min(-20).max(100);

/** The range that signal-to-noise ratios are drawn from. */
export const noiseSchema = z.strictObject({
  fromDb: snrDb.default(5).describe("Lowest signal-to-noise ratio of a recording, in decibels."),
  toDb: snrDb.default(30).describe("Highest signal-to-noise ratio of a recording, in decibels."),
}).refine(({ fromDb, toDb }) => fromDb <= toDb, { error: "fromDb must not be above toDb" }).prefault({})
  .describe("Range of the signal-to-noise ratio.");
