/**
 * The specs that do not agree, each with its reason: `listed.yaml`.
 *
 * @module
 */
import { parse, stringify } from "yaml";
import { z } from "zod";
import { opOf } from "./suite.ts";
import type { Outcome } from "./run.ts";

const SCHEMA = z.array(z.strictObject({
  reason: z.string().trim().min(1, "must say why these specs do not agree"),
  specs: z.record(z.string(), z.array(z.string()).min(1)),
}));

/** Where the list is. */
export const LISTED_FILE = new URL("./listed.yaml", import.meta.url);

/** The reason of each spec that is listed, by the key of the spec. */
export type Listed = ReadonlyMap<string, string>;

/** What tells specs from one another. */
export function keyOf({ file, name }: Pick<Outcome, "file" | "name">): string {
  return `${opOf(file)}: ${name}`;
}

/** Reads the list. Throws SyntaxError for one that is not a list of reasons, each with specs by operation, or names a spec twice. */
export function parseListed(text: string): Listed {
  const { data, error } = SCHEMA.safeParse(parse(text) ?? []);
  if (error !== undefined) {
    const [{ path, message }] = error.issues;
    throw new SyntaxError(`Cannot read the list of specs: at ${path.join(".") || "its head"}, ${message}`);
  }
  const reasons = new Map<string, string>();
  for (const { reason, specs } of data) {
    for (const [op, names] of Object.entries(specs)) {
      for (const name of names) {
        const key = `${op}: ${name}`;
        if (reasons.has(key)) {
          throw new SyntaxError(`Cannot read the list of specs: each must be named once, got twice "${key}"`);
        }
        reasons.set(key, reason);
      }
    }
  }
  return reasons;
}

/** An entry of the list for specs that failed. Its reason is empty, and `parseListed` refuses it until a person has found one. */
export function draftEntry(failed: readonly Outcome[]): string {
  const specs = Object.groupBy(failed, ({ file }) => opOf(file));
  return stringify([{
    reason: "",
    specs: Object.fromEntries(
      Object.entries(specs).map(([op, outcomes = []]) => [op, outcomes.map(({ name }) => name)]),
    ),
  }]);
}
