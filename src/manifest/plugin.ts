/**
 * What a table of plug-ins holds: the schema of the parameters, and how to load the implementation when it is used.
 *
 * @module
 */
import type { z } from "zod";

/** One row of a table of plug-ins. */
export interface Plugin<Schema extends z.ZodType, Implementation> {
  /** The plug-in's own part of the manifest, with every default. */
  readonly schema: Schema;
  /** Imports the implementation; nothing heavy is loaded before. */
  load(): Promise<Implementation>;
}
