/**
 * The parameters of recordings in CSV files.
 *
 * @module
 */
import { z } from "zod";
import { isPattern, PATTERN_RULE } from "../tabular/pattern.ts";
import { about, path } from "../tabular/schema.ts";

/** A folder of CSV files in a manifest. */
export const csvSchema = z.strictObject({
  path,
  file: z.string().min(1).refine((file) => !/[{*]/.test(file) || isPattern(file), {
    error: `${PATTERN_RULE}, or be the name of one table`,
  }).describe(
    "Name of the files in the folder, with {subject} and, where the name tells them, {session} and {stimulus}; * is anything. " +
      "Without {subject} it is one table, whose columns tell them.",
  ),
  delimiter: z.enum([",", ";", "\t"]).default(",").describe("What divides the cells."),
  leads: z.record(z.string().min(1), z.string().min(1)).refine((leads) => Object.keys(leads).length > 0, {
    error: "there must be at least one lead",
  }).describe("The column of each lead."),
  unit: z.string().min(1).default("not stated").describe("Unit of the leads, as in mV."),
  sampleRateHz: z.number().positive().describe("Sampling rate in Hz; one row is one sample."),
  columns: z.strictObject({
    subject: z.string().min(1).default("subject").describe("Column of the subject."),
    session: z.string().min(1).optional().describe("Column of the session; default: one session."),
    stimulus: z.string().min(1).optional().describe("Column of the stimulus; default: one stimulus."),
  }).prefault({}).describe(
    "For one table: what tells recordings apart. The rows of a recording follow each other.",
  ),
  ...about,
  labelFile: about.labelFile.describe(
    "CSV or .xlsx in the folder with columns subject, session and stimulus (those that it needs) and one for each label; without it the labels " +
      "are columns of the recordings, the same in every row of one.",
  ),
});

/** Parameters with every default filled in. */
export type CsvParameters = z.output<typeof csvSchema>;
