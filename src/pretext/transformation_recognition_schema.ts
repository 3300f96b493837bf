/**
 * The parameters of the objective `transformation-recognition`.
 *
 * @module
 */
import { z } from "zod";
import { lossWeight, TRANSFORMATIONS } from "./transformations/table.ts";

/** Parameters of `transformation-recognition`; the defaults are the published ones. */
export const transformationRecognitionSchema = z.strictObject({
  transformations: z.strictObject({
    noise: TRANSFORMATIONS.noise.schema.optional(),
    scale: TRANSFORMATIONS.scale.schema.optional(),
    negate: TRANSFORMATIONS.negate.schema.optional(),
    reverse: TRANSFORMATIONS.reverse.schema.optional(),
    permute: TRANSFORMATIONS.permute.schema.optional(),
    warp: TRANSFORMATIONS.warp.schema.optional(),
  }).refine((named) => Object.keys(named).length > 0, "must name at least one transformation")
    .prefault({ noise: {}, scale: {}, negate: {}, reverse: {}, permute: {}, warp: {} })
    .describe("The transformations to recognise; those that are not named are left out."),
  original: z.strictObject({ weight: lossWeight(0.195) }).prefault({})
    .describe("The head that recognises windows left as they are."),
  head: z.strictObject({
    hidden: z.array(z.int().positive()).default([128, 128]).describe("Units of each hidden layer."),
    dropout: z.number().min(0).lt(1).default(0.6).describe("Share of hidden units dropped in training."),
  }).prefault({}).describe("The head of each transformation; leaky rectifiers of slope 0.2."),
  l2: z.number().min(0).default(1e-4).describe("Weight of half the sum of squared kernels in the loss."),
});

/** Parameters of `transformation-recognition` with every default filled in. */
export type TransformationRecognitionParameters = z.output<typeof transformationRecognitionSchema>;
