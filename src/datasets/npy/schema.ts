/**
 * The parameters of recordings in files of NumPy.
 *
 * @module
 */
import { z } from "zod";
import { labelSchema } from "../tabular/label_table.ts";

/** A folder of NPY or NPZ files in a manifest. */
export const npySchema = z.strictObject({
  path: z.string().min(1).describe(
    "Folder of the files, relative to the data folder (EINTHOVEN_DATA, or data/ beside deno.json) or absolute.",
  ),
  file: z.string().min(1).describe(
    "Name of the .npy or .npz files in the folder, with {subject} and, where the name tells them, {session} and {stimulus}; " +
      "* is anything. Each is a recording.",
  ),
  array: z.string().min(1).optional().describe("Name of the array in an .npz file that holds several."),
  leads: z.array(z.string().min(1)).min(1).default(["ECG"]).describe(
    "Names of the leads: of an array [time], or of the columns of an array [time, lead].",
  ),
  unit: z.string().min(1).default("not stated").describe("Unit of the leads, as in mV."),
  sampleRateHz: z.number().positive().describe("Sampling rate in Hz."),
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
export type NpyParameters = z.output<typeof npySchema>;
