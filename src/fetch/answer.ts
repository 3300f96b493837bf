/**
 * What servers answer that are asked for a list of files.
 *
 * @module
 */
import type { z } from "zod";

/** Gives the text at an address. */
export type Ask = (url: string) => Promise<string>;

/** Where an answer was read. */
export interface Origin {
  /** Its address, which errors begin with. */
  readonly list: string;
}

/** An answer in JSON; `what` as in `figshare's files of an article`. Throws SyntaxError, with the address, for another. */
export function parsed<T>(
  text: string,
  { list, schema, what }: Origin & { schema: z.ZodType<T>; what: string },
): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new SyntaxError(`${list}: Cannot read the list: it must be JSON, got: ${error.message}`, {
      cause: error,
    });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [{ path, message }] = result.error.issues;
  throw new SyntaxError(
    `${list}: Cannot read the list: it must be ${what}, got at ${path.join(".") || "the top"}: ${message}`,
  );
}
