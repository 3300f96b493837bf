/**
 * One of a table's plug-ins, chosen by name: `{kind: adam, learningRate: 0.001}`.
 *
 * @module
 */
import { distance } from "fastest-levenshtein";
import { z } from "zod";
import type { Plugin } from "./plugin.ts";
import { joinNames, show } from "./show.ts";

/** A table of plug-ins: a plain constant, name to schema and implementation. */
export type PluginTable = Readonly<Record<string, Plugin<z.ZodObject, unknown>>>;

/** What validation gives for a choice from a table: the name under the discriminator, and the parameters. */
export type Choice<Table extends PluginTable, Discriminator extends string = "kind"> = {
  [Name in keyof Table & string]: Record<Discriminator, Name> & z.output<Table[Name]["schema"]>;
}[keyof Table & string];

/** What a manifest may say for a choice from a table: parameters with a default may be left out. */
export type ChoiceInput<Table extends PluginTable, Discriminator extends string = "kind"> = {
  [Name in keyof Table & string]: Record<Discriminator, Name> & z.input<Table[Name]["schema"]>;
}[keyof Table & string];

/**
 * The schema of a choice from a table: a map whose `kind` names the plug-in and whose other keys are its parameters.
 *
 * A parameter that the plug-in doesn't know is refused, unless its schema says what other keys hold.
 *
 * Throws RangeError when the table is empty or a plug-in uses the discriminator as a parameter.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { z } from "zod";
 * const load = () => Promise.resolve(0);
 * const optimizers = {
 *   adam: { schema: z.strictObject({ learningRate: z.number().default(0.001) }), load },
 *   sgd: { schema: z.strictObject({ learningRate: z.number(), momentum: z.number().default(0) }), load },
 * } as const;
 * const optimizer = choiceOf(optimizers).parse({ kind: "adam" });
 * assert.deepEqual(optimizer, { kind: "adam", learningRate: 0.001 });
 * ```
 */
export function choiceOf<Table extends PluginTable, Discriminator extends string = "kind">(
  table: Table,
  options: { discriminator?: Discriminator } = {},
): z.ZodType<Choice<Table, Discriminator>, ChoiceInput<Table, Discriminator>> {
  const discriminator = options.discriminator ?? "kind";
  const [first, ...others] = Object.entries(table).map(([name, { schema }]) =>
    named(schema, { name, discriminator })
  );
  if (!first) throw new RangeError("Cannot build a choice: its table must have an entry, got none");
  const union: z.ZodType = z.discriminatedUnion(discriminator, [first, ...others]);
  // The types of a table's schemas are lost when its entries become a list; `Choice` says them again.
  return union as z.ZodType<Choice<Table, Discriminator>, ChoiceInput<Table, Discriminator>>;
}

/**
 * The known name that is most like `name`; undefined where none is.
 *
 * Like means: at most a third of the letters (rounded up) inserted, removed or replaced, with upper and lower case,
 * dashes, underscores and spaces taken as equal. The first of several wins.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(suggest("learning_rate", ["momentum", "learningRate"]), "learningRate");
 * assert.equal(suggest("depth", ["momentum", "learningRate"]), undefined);
 * ```
 */
export function suggest(name: string, known: Iterable<string>): string | undefined {
  let nearest: string | undefined, least = Infinity;
  for (const candidate of known) {
    const longest = Math.max(name.length, candidate.length);
    const edits = Math.min(distance(name, candidate), distance(folded(name), folded(candidate)));
    if (edits <= Math.ceil(longest / 3) && edits < longest && edits < least) {
      [nearest, least] = [candidate, edits];
    }
  }
  return nearest;
}

/**
 * The error for a name that a table doesn't know: it lists the known ones and suggests the nearest.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(
 *   unknownName({ what: "optimizer", name: "adma", known: ["adam", "sgd"] }).message,
 *   'Cannot find the optimizer: its name must be adam or sgd, got "adma"; did you mean "adam"?',
 * );
 * ```
 */
export function unknownName(options: { what: string; name: string; known: Iterable<string> }): RangeError {
  const { what, name } = options, known = [...options.known];
  const names = known.length === 0 ? "in a table, which is empty" : joinNames(known);
  return new RangeError(
    `Cannot find the ${what}: its name must be ${names}, got ${show(name)}${didYouMean(name, known)}`,
  );
}

/** The end of a message that suggests the known name that is most like `name`; empty where none is. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const nearest = suggest(name, known);
  return suggesting(nearest === undefined ? [] : [nearest]);
}

/** The end of a message that suggests names; empty for none. */
export function suggesting(names: readonly string[]): string {
  return names.length === 0 ? "" : `; did you mean ${joinNames(names.map((name) => JSON.stringify(name)))}?`;
}

/** A plug-in's schema with its name in front, so that a resolved manifest says first what is chosen. */
function named(schema: z.ZodObject, options: { name: string; discriminator: string }): z.ZodObject {
  const { name, discriminator } = options;
  if (Object.hasOwn(schema.shape, discriminator)) {
    throw new RangeError(
      `Cannot build a choice: the parameters of "${name}" must leave the key "${discriminator}" to the table, got both`,
    );
  }
  const strict = schema.def.catchall ? schema : schema.strict();
  const shape = { [discriminator]: z.literal(name), ...schema.shape };
  // A clone keeps the refinements of the schema, which a new object of its shape would lose.
  const clone = strict.clone({ ...strict.def, shape });
  const description = schema.description;
  return description === undefined ? clone : clone.describe(description);
}

function folded(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, "");
}
