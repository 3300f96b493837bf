/**
 * The parameters of SWELL-KW.
 *
 * @module
 */
import { z } from "zod";
import { why } from "../exclude.ts";
import { pathSchema } from "../path.ts";

/** A self-report's column with its range. */
function rating(
  { column, from, to, unit = "points" }: { column: string; from: number; to: number; unit?: string },
) {
  return z.strictObject({
    column: z.string().min(1).default(column).describe("Name of the column."),
    from: z.number().default(from).describe("The least that is possible."),
    to: z.number().default(to).describe("The most that is possible."),
    unit: z.string().min(1).default(unit).describe("Its unit; it is shown with its values."),
  }).refine((range) => range.from < range.to, { error: "from must be below to" })
    .prefault({}).describe(
      `Column, range and unit, ${column} from ${from} to ${to} ${unit} by default; a number outside is an error.`,
    );
}

// The scales of the questionnaires are not written in the files; mental effort is the RSME, in centimetres of its line.
const ratings = z.strictObject({
  valence: rating({ column: "Valence_rc", from: 1, to: 9 }),
  arousal: rating({ column: "Arousal_rc", from: 1, to: 9 }),
  dominance: rating({ column: "Dominance", from: 1, to: 9 }),
  stress: rating({ column: "Stress", from: 0, to: 10 }),
  "mental-effort": rating({ column: "MentalEffort", from: 0, to: 15, unit: "cm" }),
  "mental-demand": rating({ column: "MentalDemand", from: 0, to: 10 }),
  "physical-demand": rating({ column: "PhysicalDemand", from: 0, to: 10 }),
  "temporal-demand": rating({ column: "TemporalDemand", from: 0, to: 10 }),
  effort: rating({ column: "Effort", from: 0, to: 10 }),
  performance: rating({ column: "Performance_rc", from: 0, to: 10 }),
  frustration: rating({ column: "Frustration", from: 0, to: 10 }),
});

/** The part of a manifest of SWELL-KW. */
export const swellSchema = z.strictObject({
  path: pathSchema("Folder with the dataset's folders"),
  ecgChannel: z.int().min(1).max(64).default(6).describe(
    "The channel of the .S00 files that holds the electrocardiogram, from 1: 6 as recorded, 8 as the authors filtered it.",
  ),
  alignment: z.enum(["clock", "first-minute"]).default("clock").describe(
    "Where minutes of the table lie in a recording. clock: where the recorder's clock shows their time. first-minute: the " +
      "block's first minute begins with its first recording.",
  ),
  conditions: z.string().min(1).optional().describe(
    "Table of conditions by minute, relative to the folder; default: the file D - Physiology features (HR_HRV_SCL - final).csv.",
  ),
  selfReports: z.string().min(1).optional().describe(
    "Table of self-reports, relative to the folder; default: the file Behavioral-features - per minute.xlsx, .tab or .csv.",
  ),
  ratings: ratings.prefault({}).describe("The self-reports by the name of their label."),
  exclude: z.strictObject({
    blocks: z.array(
      z.string().regex(/^pp\d+(_c[123])?$/, { error: "must be a person, pp8, or a block, pp8_c1" }),
    )
      .min(1).describe("People, as pp8, or blocks, as pp8_c1, to leave out."),
    why,
  }).optional().describe("Recordings to leave out, and why."),
});

/** Parameters with every default filled in. */
export type SwellParameters = z.output<typeof swellSchema>;
