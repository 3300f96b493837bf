/**
 * The pretext objectives.
 *
 * @module
 */
import type { z } from "zod";
import { unknownName } from "../manifest/choice.ts";
import type { Plugin } from "../manifest/plugin.ts";
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
export interface ObjectiveSpecification {
  /** Which objective. */
  readonly kind: ObjectiveKind;
  /** Its own parameters. */
  readonly [parameter: string]: unknown;
}

/** The objective that a manifest asks for. Throws RangeError for a name that is none. */
export async function loadObjective(
  { kind, ...parameters }: ObjectiveSpecification,
): Promise<Objective> {
  const plugin: Plugin<z.ZodObject, ObjectiveSource<unknown>> | undefined = OBJECTIVES[kind];
  if (plugin === undefined) {
    throw unknownName({ what: "objective", name: kind, known: Object.keys(OBJECTIVES) });
  }
  return (await plugin.load()).create(plugin.schema.parse(parameters));
}
