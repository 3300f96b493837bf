/**
 * The parameters of recordings in files of NumPy.
 *
 * @module
 */
import { z } from "zod";
import { about, file, labelFileIsGiven, path } from "../tabular/schema.ts";

/** A folder of NPY or NPZ files in a manifest. */
export const npySchema = z.strictObject({
  path,
  file: file.describe(
    "Name of the .npy or .npz files in the folder, with {subject} and, where the name tells them, {session} and {stimulus}; " +
      "* is anything. Each is a recording.",
  ),
  array: z.string().min(1).optional().describe("Name of the array in an .npz file that holds several."),
  leads: z.array(z.string().min(1)).min(1).default(["ECG"]).describe(
    "Names of the leads: of an array [time], or of the columns of an array [time, lead].",
  ),
  unit: z.string().min(1).default("not stated").describe("Unit of the leads, as in mV."),
  sampleRateHz: z.number().positive().describe("Sampling rate in Hz."),
  ...about,
}).check(labelFileIsGiven);

/** Parameters with every default filled in. */
export type NpyParameters = z.output<typeof npySchema>;
