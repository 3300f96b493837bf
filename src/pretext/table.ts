/**
 * The pretext objectives.
 *
 * @module
 */
import type { z } from "zod";
import type { Plugin } from "../manifest/plugin.ts";
import type { Objective } from "./objective.ts";
import { transformationRecognitionSchema } from "./transformation_recognition_schema.ts";

/** Every objective by its `kind` in a manifest. */
export const OBJECTIVES = {
  "transformation-recognition": {
    schema: transformationRecognitionSchema,
    load: async () => (await import("./transformation_recognition.ts")).transformationRecognition,
  },
} as const satisfies Record<string, Plugin<z.ZodType, Objective<never>>>;

/** The name of an objective. */
export type ObjectiveKind = keyof typeof OBJECTIVES;
