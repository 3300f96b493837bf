/**
 * What a table of plug-ins holds: the schema of the parameters, and how to load the implementation when it is used.
 *
 * @module
 */
import type { z } from "zod";
import { unknownName } from "./choice.ts";

/** One row of a table of plug-ins. */
export interface Plugin<Schema extends z.ZodType, Implementation> {
  /** The plug-in's own part of the manifest, with every default. */
  readonly schema: Schema;
  /** Imports the implementation; nothing heavy is loaded before. */
  load(): Promise<Implementation>;
}

/** A plug-in as a manifest gives it: its kind and its own parameters; defaults are filled in where they are missing. */
export interface Specification<Kind extends string = string> {
  /** The name of the plug-in in its table. */
  readonly kind: Kind;
  /** Its parameters. */
  readonly [parameter: string]: unknown;
}

/**
 * Loads the plug-in that a manifest asks for, with its parameters complete; `what` as in `encoder`.
 *
 * Throws RangeError for a kind that the table does not have.
 */
export async function loadPlugin<Implementation>(
  table: Readonly<Record<string, Plugin<z.ZodType, Implementation>>>,
  { what, specification: { kind, ...parameters } }: { what: string; specification: Specification },
): Promise<{ implementation: Implementation; parameters: unknown }> {
  if (!Object.hasOwn(table, kind)) throw unknownName({ what, name: kind, known: Object.keys(table) });
  const { schema, load } = table[kind];
  return { implementation: await load(), parameters: schema.parse(parameters) };
}
