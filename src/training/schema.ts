/**
 * How long and with what a network is trained: the `fit` of a manifest.
 *
 * @module
 */
import { z } from "zod";
import { optimizerSchema } from "./optimizers/table.ts";
import { scheduleSchema } from "./schedules.ts";

const count = z.int().positive();

const batchStatistics = z.literal("micro-batch").optional().describe(
  "What a network with batch normalization, or another one whose rows look at each other, learns from where a batch " +
    "has several micro-batches: each by itself. Without it, such a network is refused.",
);

/** The `fit` of a pretext objective: a fixed number of epochs; the defaults are the published ones. */
export const pretextFitSchema = z.strictObject({
  epochs: count.default(30).describe("Passes over the training windows."),
  batch: count.default(128).describe("Windows of one optimizer step; each becomes several rows."),
  optimizer: optimizerSchema.prefault({ kind: "adam" }).describe("How weights follow gradients."),
  schedule: scheduleSchema.prefault({ kind: "exponential" }).describe(
    "How the learning rate changes with the step.",
  ),
  batchStatistics,
});

/** The `fit` of a pretext objective with every default filled in. */
export type PretextFit = z.output<typeof pretextFitSchema>;

/** The `fit` of transfer: until validation loss stops falling, or a fixed number of steps. */
export const transferFitSchema = z.strictObject({
  batch: count.default(32).describe("Windows of one optimizer step."),
  minSteps: count.default(500).describe("Optimizer steps at least, whatever the budget."),
  maxEpochs: count.default(100).describe("Passes over the training windows at most, where minSteps allows."),
  patience: count.default(10).describe(
    "Evaluations without a lower validation loss, after minSteps, that end training.",
  ),
  optimizer: optimizerSchema.prefault({ kind: "adam" }).describe("How weights follow gradients."),
  schedule: scheduleSchema.prefault({ kind: "constant" }).describe(
    "How the learning rate changes with the step.",
  ),
  batchStatistics,
});

/** The `fit` of transfer with every default filled in. */
export type TransferFit = z.output<typeof transferFitSchema>;
