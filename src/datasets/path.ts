/**
 * The folder that a dataset lies in, as a manifest says it.
 *
 * @module
 */
import { z } from "zod";

/** The key `path`; `what` as in `Folder of the files`. */
export function pathSchema(what: string) {
  return z.string().min(1).describe(
    `${what}, relative to the data folder (EINTHOVEN_DATA, or data/ beside deno.json) or absolute.`,
  );
}
