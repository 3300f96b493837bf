/**
 * A schema for those who write manifests: JSON Schema for editors, rows for documentation and help.
 *
 * An editor finds the schema by the first line of a manifest, `# yaml-language-server: $schema=PATH`.
 *
 * @module
 */
import type { z } from "zod";
import { alternatives, keysOf, type Outline, outlineOf } from "./outline.ts";
import { acceptedWords } from "./wording.ts";

/** What documentation says of a key. */
export interface SchemaRow {
  /** `fit.epochs`, `arms.<name>.train`, `hypotheses[].arm`. */
  readonly path: string;
  /** What it accepts, in the words of the messages: `a whole number of at least 1`. */
  readonly type: string;
  /** Whether a manifest must say it, wherever the map that holds it stands. */
  readonly required: boolean;
  /** The value that it has when it is left out; undefined where there is none. */
  readonly default?: unknown;
  /** What the schema says of it; of a choice, what each member says of itself. */
  readonly description: string;
  /** The choices under which the key exists, `pretext.kind = vicreg`; empty when it always does. */
  readonly when: string;
}

/**
 * The JSON Schema (draft 2020-12) of what a manifest may say: keys with a default may be left out, `extends` is known,
 * and a manifest that extends another may leave out any key of the first level.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { z } from "zod";
 * const fit = z.strictObject({ epochs: z.int().min(1).default(30).describe("passes over the data") });
 * const schema = editorSchema(fit, { title: "Fit", id: "fit.schema.json" }) as { properties: Record<string, unknown> };
 * assert.deepEqual(schema.properties.epochs, {
 *   default: 30, description: "passes over the data", type: "integer", minimum: 1,
 * });
 * ```
 */
export function editorSchema(
  schema: z.ZodType,
  options: { title: string; id: string },
): Record<string, unknown> {
  const { $schema, required = [], properties, ...rest } = outlineOf(schema);
  const composed = {
    type: "string",
    description: "the manifest, relative to this one, that this one is written over",
  };
  return {
    $schema,
    $id: options.id,
    title: options.title,
    ...rest,
    properties: { extends: composed, ...properties },
    ...required.length === 0 ? {} : { anyOf: [{ required }, { required: ["extends"] }] },
  };
}

/**
 * Every key of a schema: path, what it accepts, default and description, in the schema's order.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { z } from "zod";
 * const rows = describeSchema(z.strictObject({ seeds: z.array(z.int()).default([1]).describe("one run each") }));
 * assert.deepEqual(rows, [{
 *   path: "seeds", type: "a list, each a whole number", required: false, default: [1],
 *   description: "one run each", when: "",
 * }]);
 * ```
 */
export function describeSchema(schema: z.ZodType): SchemaRow[] {
  const root = outlineOf(schema);
  return [...keysOf(root)].map(({ path, outline, required, when }) => ({
    path,
    type: acceptedWords(outline, { root }),
    required,
    ...outline.default === undefined ? {} : { default: outline.default },
    description: outline.description ?? choicesDescribed(outline, { root }),
    when,
  }));
}

/** The members of a choice, each with its own description. */
function choicesDescribed(outline: Outline, options: { root: Outline }): string {
  return alternatives(outline, options)
    .filter(({ const: name, description }) => name !== undefined && description !== undefined)
    .map(({ const: name, description }) => `${name}: ${description}`).join("; ");
}
