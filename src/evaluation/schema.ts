/**
 * What a manifest says of scores and hypotheses.
 *
 * @module
 */
import { z } from "zod";
import { METRICS } from "./results.ts";

/** The manifest's `score`. */
export const scoreSchema = z.strictObject({
  primary: z.enum(METRICS).default("balanced-accuracy")
    .describe("The score that curves, comparisons and savings are about"),
  secondary: z.array(z.enum(METRICS)).default([])
    .describe("The scores that are shown after the primary one, in this order and before all others"),
  minWindowsPerClass: z.int().min(1).default(5)
    .describe("Windows of each class that a subject needs for an AUROC of its own"),
}).superRefine(({ primary, secondary }, context) => {
  secondary.forEach((metric, index) => {
    const isPrimary = metric === primary;
    if (!isPrimary && secondary.indexOf(metric) === index) return;
    const message = isPrimary ? "must be another score than `primary`" : "must not be named twice";
    context.addIssue({ code: "custom", path: ["secondary", index], message });
  });
});

/** One comparison that the manifest declares. */
const hypothesisSchema = z.strictObject({
  arm: z.string().min(1).describe("The arm under test"),
  against: z.string().min(1).describe("The arm that it is compared with"),
  budget: z.union([
    z.number().positive().refine(
      (budget) => budget <= 1 || Number.isInteger(budget),
      "must be a fraction up to 1 or a whole number of labels",
    ),
    z.literal("all"),
  ]).describe("A swept budget: a fraction of the labels, how many, or all"),
  metric: z.enum(METRICS).optional().describe("The score that is compared; the primary score by default"),
}).refine(({ arm, against }) => arm !== against, {
  path: ["against"],
  message: "must be another arm than `arm`",
});

/** The manifest's `hypotheses`. */
export const hypothesesSchema = z.array(hypothesisSchema).default([])
  .describe("Comparisons declared before the run; all others are exploratory");

/** The manifest's `score`, with its defaults. */
export type ScoreParameters = z.infer<typeof scoreSchema>;
