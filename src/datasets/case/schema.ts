/**
 * The parameters of CASE.
 *
 * @module
 */
import { z } from "zod";
import { excludeSchema } from "../exclude.ts";
import { pathSchema } from "../path.ts";

/** The part of a manifest of CASE. */
export const caseSchema = z.strictObject({
  path: pathSchema(
    "Folder that holds data/interpolated, itself or in a folder of it, or scenario_1 to scenario_4 with form: epic",
  ).default("case"),
  form: z.enum(["case", "epic"]).default("case").describe(
    "How the recordings are cut. case: as published, a file a person. epic: as for the EPiC 2023 competition, a file a video.",
  ),
  scenario: z.int().min(1).max(4).optional().describe(
    "The scenario of the competition, 1 to 4; with form: epic alone.",
  ),
  fold: z.int().min(0).optional().describe("The fold of the scenario; scenario 1 has none."),
  exclude: excludeSchema(
    z.string().regex(/^sub_\d+$/, { error: "must be a person, as sub_3" }),
    "People to leave out, as sub_3.",
  ),
}).superRefine(({ form, scenario, fold }, context) => {
  const refuse = (key: string, message: string) => context.addIssue({ code: "custom", path: [key], message });
  if (form === "case") {
    if (scenario !== undefined) refuse("scenario", "must be left out without form: epic");
    if (fold !== undefined) refuse("fold", "must be left out without form: epic");
    return;
  }
  if (scenario === undefined) refuse("scenario", "must be given with form: epic");
  else if (scenario === 1 && fold !== undefined) refuse("fold", "must be left out: scenario 1 has no folds");
  else if (scenario !== 1 && fold === undefined) refuse("fold", "must be given: scenarios 2 to 4 have folds");
});

/** Parameters with every default filled in. */
export type CaseParameters = z.output<typeof caseSchema>;
