/**
 * What a schema lets a person write, as JSON Schema: which keys lie where, under which choice, with which default.
 *
 * Paths, suggestions, documentation and the schema for editors all read this one form.
 *
 * @module
 */
import { z } from "zod";
import { formatPath, getPath, hasPath, isMap, type Path } from "./paths.ts";

/** A JSON Schema (draft 2020-12) of the input side of a schema: a key that has a default may be left out. */
export type Outline = z.core.JSONSchema.JSONSchema;

/** A key that a schema knows. */
export interface OutlineKey {
  /** `arms.<name>.train`, `hypotheses[].arm`: `<name>` is any key of an open map, `[]` any item of a list. */
  readonly path: string;
  /** The last part of the path. */
  readonly key: string;
  /** What it may hold. */
  readonly outline: Outline;
  /** Whether the map that holds it must have it. */
  readonly required: boolean;
  /** The choices under which the key exists, `pretext.kind = vicreg`; empty when it always does. */
  readonly when: string;
}

/** The outline of a schema. */
export function outlineOf(schema: z.core.$ZodType): Outline {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any", override: forgetSafeIntegers });
}

/**
 * Whether a schema knows a key's path; under a choice or a union, whether any member does.
 *
 * An open map knows every name and a list every index; given `value`, only those that it holds.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { z } from "zod";
 * const schema = z.strictObject({ arms: z.record(z.string(), z.strictObject({ train: z.string() })) });
 * assert.ok(schemaHasPath(schema, ["arms", "frozen", "train"]));
 * assert.ok(!schemaHasPath(schema, ["arms", "frozen", "trian"]));
 * ```
 */
export function schemaHasPath(schema: z.ZodType, path: Path, options: { value?: unknown } = {}): boolean {
  const root = outlineOf(schema);
  let here = alternatives(root, { root }), value = options.value;
  for (const key of path) {
    const held = hasPath(value, [key]);
    const named = here.some((outline) => Object.hasOwn(outline.properties ?? {}, key));
    if (options.value !== undefined && !named && !held) return false;
    here = here.flatMap((outline) => children(outline, { key, root }));
    value = getPath(value, [key]);
  }
  return here.length > 0;
}

/**
 * What may stand in the map at `path`, given the choices made in `value`: its keys (none for an open map), and those
 * choices under which `unknown`, which is none of them, would be one (`kind = vicreg`).
 */
export function keysAt(
  root: Outline,
  path: Path,
  options: { value: unknown; unknown: string },
): { known: string[]; choices: string[] } {
  let value = options.value;
  let here = alternatives(root, { root });
  for (const key of path) {
    here = fitting(here, value).flatMap((outline) => children(outline, { key, root }));
    value = getPath(value, [key]);
  }
  const chosen = fitting(here, value), discriminator = discriminatorOf(here);
  const others = here.filter((outline) =>
    !chosen.includes(outline) && keyNames(outline).includes(options.unknown)
  );
  const names = others.map((outline) => discriminator && constantOf(outline, { key: discriminator }));
  return {
    known: [...new Set(chosen.flatMap(keyNames))],
    choices: names.filter((name) => name !== undefined).map((name) => `${discriminator} = ${name}`),
  };
}

/** Every key of an outline, in the schema's order; a recursive schema is followed once around. */
export function* keysOf(root: Outline): Generator<OutlineKey> {
  yield* keysBelow(root, { path: "", when: "", root, above: [] });
}

/** The members of an outline that is a union, without unions and references in them; or the outline alone. */
export function alternatives(outline: Outline, options: { root: Outline }): Outline[] {
  const { root } = options;
  const target = outline.$ref === undefined ? undefined : resolve(outline.$ref, { root });
  const members = [
    ...target ? [target] : [],
    ...outline.anyOf ?? [],
    ...outline.oneOf ?? [],
    ...outline.allOf ?? [],
  ];
  return members.length === 0 ? [outline] : members.flatMap((member) => alternatives(member, { root }));
}

/** The key by which the maps among several outlines are told apart, such as `kind`; undefined where there is none. */
export function discriminatorOf(outlines: readonly Outline[]): string | undefined {
  if (outlines.length < 2) return undefined;
  return Object.keys(outlines[0].properties ?? {}).find((key) =>
    outlines.every((outline) => constantOf(outline, { key }) !== undefined)
  );
}

/** The only value that the map of an outline may hold at `key`, if there is but one. */
export function constantOf(
  outline: Outline,
  options: { key: string },
): string | number | boolean | null | undefined {
  const held = Object.hasOwn(outline.properties ?? {}, options.key)
    ? outline.properties?.[options.key]
    : undefined;
  return typeof held === "object" ? held.const : undefined;
}

/** The outline of what an open map holds under any name, if it is one. */
export function openValue(outline: Outline): Outline | undefined {
  return typeof outline.additionalProperties === "object" ? outline.additionalProperties : undefined;
}

/** The outline of each item of a list of any length, if it is one. */
export function listItem(outline: Outline): Outline | undefined {
  return typeof outline.items === "object" && !Array.isArray(outline.items) ? outline.items : undefined;
}

function* keysBelow(
  outline: Outline,
  at: { path: string; when: string; root: Outline; above: readonly Outline[] },
): Generator<OutlineKey> {
  if (at.above.includes(outline)) return;
  const members = alternatives(outline, at), discriminator = discriminatorOf(members);
  const above = [...at.above, outline];
  const join = (key: string) => at.path === "" ? key : `${at.path}.${key}`;
  if (discriminator !== undefined) {
    const choice = { anyOf: members.map((member) => describedConstant(member, { key: discriminator })) };
    const key = { path: join(formatPath([discriminator])), key: discriminator, outline: choice };
    yield {
      ...key,
      required: members.every((member) => isRequired(member, { key: discriminator })),
      when: at.when,
    };
  }
  for (const member of members) {
    const choice = discriminator === undefined
      ? ""
      : `${join(formatPath([discriminator]))} = ${constantOf(member, { key: discriminator })}`;
    const when = [at.when, choice].filter((part) => part !== "").join(", ");
    for (const [key, held] of Object.entries(member.properties ?? {})) {
      if (key === discriminator || typeof held !== "object") continue;
      const path = join(formatPath([key]));
      yield { path, key, outline: held, required: isRequired(member, { key }), when };
      yield* keysBelow(held, { ...at, path, when, above });
    }
    const open = openValue(member), item = listItem(member);
    if (open) {
      const path = join("<name>");
      yield { path, key: "<name>", outline: open, required: false, when };
      yield* keysBelow(open, { ...at, path, when, above });
    }
    if (item) yield* keysBelow(item, { ...at, path: `${at.path}[]`, when, above });
  }
}

function children(outline: Outline, options: { key: string | number; root: Outline }): Outline[] {
  const { key } = options;
  const child = isAnything(outline)
    ? outline
    : typeof key === "number"
    ? item(outline, key)
    : member(outline, key);
  return child === undefined ? [] : alternatives(child, options);
}

function item(outline: Outline, index: number): Outline | undefined {
  const own = outline.prefixItems?.[index];
  return typeof own === "object" ? own : listItem(outline);
}

function member(outline: Outline, key: string): Outline | undefined {
  const own = Object.hasOwn(outline.properties ?? {}, key) ? outline.properties?.[key] : undefined;
  if (typeof own === "object") return own;
  const names = enumerated(outline);
  return names.length === 0 || names.includes(key) ? openValue(outline) : undefined;
}

function keyNames(outline: Outline): string[] {
  return [...Object.keys(outline.properties ?? {}), ...enumerated(outline)];
}

/** The names that a map with a fixed set of names may use. */
function enumerated(outline: Outline): string[] {
  const names = typeof outline.propertyNames === "object" ? outline.propertyNames : {};
  return [...names.enum ?? [], ...names.const === undefined ? [] : [names.const]].map(String);
}

/** Those members whose constants agree with the value; all of them where none does. */
function fitting(outlines: Outline[], value: unknown): Outline[] {
  if (!isMap(value)) return outlines;
  const agreeing = outlines.filter((outline) =>
    Object.keys(outline.properties ?? {}).every((key) => {
      const constant = constantOf(outline, { key });
      return constant === undefined || constant === value[key];
    })
  );
  return agreeing.length > 0 ? agreeing : outlines;
}

function describedConstant(outline: Outline, options: { key: string }): Outline {
  return { const: constantOf(outline, options), description: outline.description };
}

function isRequired(outline: Outline, options: { key: string }): boolean {
  return outline.required?.includes(options.key) ?? false;
}

function isAnything(outline: Outline): boolean {
  return outline.type === undefined && outline.const === undefined && outline.enum === undefined;
}

function resolve(reference: string, options: { root: Outline }): Outline | undefined {
  return reference === "#" ? options.root : options.root.$defs?.[reference.replace(/^#\/\$defs\//, "")];
}

/** Whole numbers end where doubles stop to hold them all; as a bound it says nothing. */
function forgetSafeIntegers({ jsonSchema }: { jsonSchema: Outline }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}
