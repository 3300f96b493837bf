/**
 * The splitters.
 *
 * @module
 */
import type { z } from "zod";
import { loadPlugin, type Plugin, type Specification } from "../manifest/plugin.ts";
import { groupKFoldSchema, windowKFoldSchema } from "./group_k_fold.ts";
import { leaveOneSubjectOutSchema } from "./leave_one_subject_out.ts";
import { predefinedSchema } from "./predefined.ts";
import type { Fold, SplitContext, Splitter } from "./split.ts";

/** Every splitter by its `kind` in a manifest. */
export const SPLITTERS = {
  "group-k-fold": {
    schema: groupKFoldSchema,
    load: async () => (await import("./group_k_fold.ts")).groupKFold,
  },
  "leave-one-subject-out": {
    schema: leaveOneSubjectOutSchema,
    load: async () => (await import("./leave_one_subject_out.ts")).leaveOneSubjectOut,
  },
  predefined: {
    schema: predefinedSchema,
    load: async () => (await import("./predefined.ts")).predefined,
  },
  "window-k-fold": {
    schema: windowKFoldSchema,
    load: async () => (await import("./group_k_fold.ts")).windowKFold,
  },
} as const satisfies Record<string, Plugin<z.ZodObject, Splitter<never>>>;

/** The name of a splitter. */
export type SplitterKind = keyof typeof SPLITTERS;

/** A split as a manifest gives it: its kind and its own parameters; defaults are filled in where they are missing. */
export type SplitSpecification = Specification<SplitterKind>;

/** Makes the folds that a manifest asks for. Throws where the splitter does: too few people, a class that can't be learned. */
export async function splitWindows(
  specification: SplitSpecification,
  context: SplitContext,
): Promise<Fold[]> {
  const loaded = await loadPlugin<Splitter<unknown>>(SPLITTERS, { what: "split", specification });
  return loaded.implementation.split(loaded.parameters, context);
}
