/**
 * The parameters of YAAD.
 *
 * @module
 */
import { z } from "zod";
import { pathSchema } from "../path.ts";

/** A range of ratings. */
function range({ from, to }: { from: number; to: number }) {
  return z.strictObject({
    from: z.number().default(from).describe("The least that is possible."),
    to: z.number().default(to).describe("The most that is possible."),
  }).refine((given) => given.from < given.to, { error: "from must be below to" }).prefault({});
}

/** The part of a manifest of YAAD. */
export const yaadSchema = z.strictObject({
  path: pathSchema("Folder of the dataset"),
  part: z.enum(["multimodal", "single-modal"]).default("multimodal").describe(
    "Which of its two parts: recorded with skin conductance, or without. Participants are numbered anew in each.",
  ),
  table: z.string().min(1).optional().describe(
    "Table of self-annotations, relative to the folder; default: the one whose name says Self-annotation and the part.",
  ),
  emotions: range({ from: 1, to: 5 }).describe(
    "Range of the seven emotions where they are numbers; very low to very high in words are 1 to 5.",
  ),
  levels: range({ from: 1, to: 9 }).describe("Range of valence, arousal and dominance."),
});

/** Parameters with every default filled in. */
export type YaadParameters = z.output<typeof yaadSchema>;
