/**
 * The targets.
 *
 * @module
 */
import type { z } from "zod";
import { loadPlugin, type Plugin, type Specification } from "../manifest/plugin.ts";
import { beatsSchema } from "./beats_schema.ts";
import { conditionSchema } from "./condition.ts";
import { ratingSchema } from "./rating.ts";
import { ratingClassesSchema } from "./rating_classes.ts";
import type { Target, TargetContext, TargetSource } from "./target.ts";

/** Every target by its `kind` in a manifest. */
export const TARGETS = {
  rating: {
    schema: ratingSchema,
    load: async () => (await import("./rating.ts")).rating,
  },
  "rating-classes": {
    schema: ratingClassesSchema,
    load: async () => (await import("./rating_classes.ts")).ratingClasses,
  },
  condition: {
    schema: conditionSchema,
    load: async () => (await import("./condition.ts")).condition,
  },
  beats: {
    schema: beatsSchema,
    load: async () => (await import("./beats.ts")).beats,
  },
} as const satisfies Record<string, Plugin<z.ZodObject, TargetSource<never>>>;

/** The name of a target. */
export type TargetKind = keyof typeof TARGETS;

/** A target as a manifest gives it: its kind and its own parameters; defaults are filled in where they are missing. */
export type TargetSpecification = Specification<TargetKind>;

/** Prepares the target that a manifest asks for. Throws where the target does: a label that the dataset doesn't have. */
export async function prepareTarget(
  specification: TargetSpecification,
  context: TargetContext,
): Promise<Target> {
  const loaded = await loadPlugin<TargetSource<unknown>>(TARGETS, { what: "target", specification });
  return loaded.implementation.prepare(loaded.parameters, context);
}
