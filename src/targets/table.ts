/**
 * The targets.
 *
 * @module
 */
import type { z } from "zod";
import type { Plugin } from "../manifest/plugin.ts";
import { conditionSchema } from "./condition.ts";
import { ratingSchema } from "./rating.ts";
import { ratingClassesSchema } from "./rating_classes.ts";
import type { TargetSource } from "./target.ts";

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
} as const satisfies Record<string, Plugin<z.ZodObject, TargetSource<never>>>;

/** The name of a target. */
export type TargetKind = keyof typeof TARGETS;
