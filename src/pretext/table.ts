/**
 * The pretext objectives.
 *
 * @module
 */
import type { z } from "zod";
import { loadPlugin, type Plugin, type Specification } from "../manifest/plugin.ts";
import type { Objective, ObjectiveSource } from "./objective.ts";
import { transformationRecognitionSchema } from "./transformation_recognition_schema.ts";

/** Every objective by its `kind` in a manifest. */
export const OBJECTIVES = {
  "transformation-recognition": {
    schema: transformationRecognitionSchema,
    load: async () => (await import("./transformation_recognition.ts")).transformationRecognition,
  },
} as const satisfies Record<string, Plugin<z.ZodObject, ObjectiveSource<never>>>;

/** The name of an objective. */
export type ObjectiveKind = keyof typeof OBJECTIVES;

/** An objective as a manifest gives it: its kind and its own parameters; defaults are filled in where they are missing. */
export type ObjectiveSpecification = Specification<ObjectiveKind>;

/** The objective that a manifest asks for. Throws RangeError for a name that is none. */
export async function loadObjective(specification: ObjectiveSpecification): Promise<Objective> {
  const loaded = await loadPlugin<ObjectiveSource<unknown>>(OBJECTIVES, { what: "objective", specification });
  return loaded.implementation.create(loaded.parameters);
}
