/**
 * The fields of the arm `heart-rate`.
 *
 * @module
 */
import { z } from "zod";

/** What heart-rate variability is taken to mean, and how it is learned from. */
export const heartRateSchema = z.strictObject({
  features: z.literal("hrv").default("hrv"),
  classifier: z.literal("logistic").default("logistic"),
  centre: z.enum(["none", "subject"]).default("none").describe(
    "none: features as they are. subject: less the person's mean over all windows of that person, which for test people is " +
      "unlabelled but transductive.",
  ),
  inversePenalty: z.number().positive().default(1).describe(
    "How much the labels count against the L2 penalty: scikit-learn's C.",
  ),
});
