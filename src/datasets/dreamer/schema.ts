/**
 * The parameters of DREAMER.
 *
 * @module
 */
import { z } from "zod";
import { pathSchema } from "../path.ts";

/** The part of a manifest of DREAMER. */
export const dreamerSchema = z.strictObject({
  path: pathSchema("Folder that holds DREAMER.mat").default("dreamer"),
  parts: z.enum(["stimuli", "baseline", "both"]).default("stimuli").describe(
    "stimuli: the clips. baseline: the minute before each, which has no ratings. both: each is a recording of its own.",
  ),
  last: z.number().positive().max(3600).optional().describe(
    "Seconds at the end of each clip that are used, as 60 in many papers; default: all.",
  ),
  sampleRateHz: z.number().positive().max(10_000).default(256).describe(
    "Samples a second; where the file states its own, it must be the same.",
  ),
});

/** Parameters with every default filled in. */
export type DreamerParameters = z.output<typeof dreamerSchema>;
