/**
 * What all arms of a comparison share: the `transfer` of a manifest.
 *
 * @module
 */
import { z } from "zod";
import { transferFitSchema } from "../training/schema.ts";

/** The head, the loss and the training of every arm. */
export const transferSchema = z.strictObject({
  head: z.array(z.int().positive()).default([64, 64]).describe(
    "Units of each hidden layer of the classifier.",
  ),
  dropout: z.number().min(0).lt(1).default(0).describe("Share of hidden units dropped in training."),
  l2: z.number().min(0).default(0).describe(
    "Weight of half the sum of squared kernels of the hidden layers in the loss.",
  ),
  classWeights: z.enum(["balanced", "none"]).default("balanced").describe(
    "Whether every class counts alike in the loss, or every label.",
  ),
  fit: transferFitSchema.prefault({}).describe("How long and with what an arm is trained."),
});

/** `transfer` with every default filled in. */
export type Transfer = z.output<typeof transferSchema>;
