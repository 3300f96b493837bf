/**
 * The parameters of WESAD.
 *
 * @module
 */
import { z } from "zod";
import { excludeSchema } from "../exclude.ts";
import { pathSchema } from "../path.ts";

/** The part of a manifest of WESAD. */
export const wesadSchema = z.strictObject({
  path: pathSchema("Folder with the folders S2 to S17").default("WESAD"),
  from: z.enum(["pickle", "respiban"]).default("pickle").describe(
    "Where signals and conditions come from. pickle: SX.pkl, by its labels. respiban: SX_respiban.txt, by the times of " +
      "SX_quest.csv.",
  ),
  questionnaire: z.enum(["check", "labels", "none"]).default("check").describe(
    "What is made of SX_quest.csv. check: its ratings are labels, and its times must fit the pickle's. labels: its ratings are " +
      "labels. none: it is not read.",
  ),
  exclude: excludeSchema(
    z.string().regex(/^S\d+$/, { error: "must be a person, as S2" }),
    "People to leave out, as S2.",
  ),
}).refine(({ from, questionnaire }) => from === "pickle" || questionnaire !== "none", {
  path: ["questionnaire"],
  error: "must be read where recordings are cut by its times, with from: respiban",
});

/** Parameters with every default filled in. */
export type WesadParameters = z.output<typeof wesadSchema>;
