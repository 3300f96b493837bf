/**
 * The optimizers.
 *
 * @module
 */
import { z } from "zod";
import { choiceOf } from "../../manifest/choice.ts";
import type { Plugin } from "../../manifest/plugin.ts";
import type { Optimizer } from "../../onnx/programs/step_options.ts";

/** The implementation of an optimizer. */
export interface OptimizerFactory<Parameters> {
  /** Makes the optimizer. */
  build(parameters: Parameters): Optimizer;
}

const decay = z.number().min(0).lt(1);

const learningRate = (usual: number) =>
  z.number().positive().default(usual).describe("Learning rate before the schedule.");

const adamSchema = z.strictObject({
  learningRate: learningRate(1e-3),
  beta1: decay.default(0.9).describe("Decay of the mean of gradients."),
  beta2: decay.default(0.999).describe("Decay of the mean of squared gradients."),
  epsilon: z.number().positive().default(1e-8).describe("Added to the root of the second moment."),
});

/** Every optimizer by its `kind` in a manifest. */
export const OPTIMIZERS = {
  adam: {
    schema: adamSchema,
    load: async () => ({ build: (await import("./adam.ts")).adam }),
  },
  adamw: {
    schema: adamSchema.extend({
      weightDecay: z.number().min(0).default(0.01).describe(
        "Decay of every weight, times the learning rate.",
      ),
    }),
    load: async () => ({ build: (await import("./adam.ts")).adam }),
  },
  sgd: {
    schema: z.strictObject({
      learningRate: learningRate(1e-2),
      momentum: decay.default(0).describe("Share of the last step that is kept."),
    }),
    load: async () => ({ build: (await import("./sgd.ts")).sgd }),
  },
} as const satisfies Record<string, Plugin<z.ZodObject, OptimizerFactory<never>>>;

/** An optimizer in a manifest. */
export const optimizerSchema = choiceOf(OPTIMIZERS);

/** An optimizer with every default filled in. */
export type OptimizerSpecification = z.output<typeof optimizerSchema>;

/** The optimizer that a manifest asks for. */
export async function loadOptimizer(specification: OptimizerSpecification): Promise<Optimizer> {
  const plugin: Plugin<z.ZodObject, OptimizerFactory<unknown>> = OPTIMIZERS[specification.kind];
  return (await plugin.load()).build(specification);
}
