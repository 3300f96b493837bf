/**
 * What must hold, in words: `a number from 0 to 1`, `one of subject, window or recording`.
 *
 * Messages and the documentation of keys share these words.
 *
 * @module
 */
import { alternatives, constantOf, discriminatorOf, listItem, openValue, type Outline } from "./outline.ts";
import { joinNames, show } from "./show.ts";

const MOST_KEYS = 8;
const DEEPEST = 2;

/** What surrounds an outline that is put into words. */
export interface Within {
  /** Where references lead. */
  readonly root: Outline;
  /** How many lists and maps hold what is worded. */
  readonly depth?: number;
}

/**
 * What an outline accepts, in words that follow `it must be`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const root = { anyOf: [{ type: "integer" as const, minimum: 1 }, { const: "all" }] };
 * assert.equal(acceptedWords(root, { root }), 'a whole number of at least 1 or "all"');
 * ```
 */
export function acceptedWords(outline: Outline, options: Within): string {
  const members = alternatives(outline, options);
  const discriminator = discriminatorOf(members);
  if (discriminator !== undefined) {
    const names = members.map((member) => String(constantOf(member, { key: discriminator })));
    return `a map whose ${discriminator} is ${joinNames(names)}`;
  }
  const constants = acceptedConstants(outline, options);
  const others = members.filter((member) => member.enum === undefined && member.const === undefined);
  if (others.length === 0 && constants.length > 1) return oneOf(constants.map(String));
  // Lists and maps come last, where their own commas can't be taken for the union's.
  const words = (members: readonly Outline[]) => members.map((member) => memberWords(member, options));
  const plain = others.filter((member) => !isNested(member)), nested = others.filter(isNested);
  return joinNames([...new Set([...words(plain), ...constants.map(show), ...words(nested)])]);
}

/** A choice among names; a single one is quoted. */
export function oneOf(names: readonly string[]): string {
  return names.length === 1 ? show(names[0]) : `one of ${joinNames(names)}`;
}

/** The single values that an outline accepts by name. */
export function acceptedConstants(
  outline: Outline,
  options: { root: Outline },
): (string | number | boolean | null)[] {
  return alternatives(outline, options).flatMap((member) =>
    member.enum ?? (member.const === undefined ? [] : [member.const])
  );
}

/** Whether an outline accepts any value of a type of JSON, such as `boolean`. */
export function acceptsType(outline: Outline, options: { type: string; root: Outline }): boolean {
  return alternatives(outline, options).some((member) =>
    member.const === undefined && member.enum === undefined && typesOf(member).includes(options.type)
  );
}

function memberWords(outline: Outline, options: Within): string {
  const types = typesOf(outline);
  return types.length === 0
    ? "any value"
    : joinNames(types.map((type) => typeWords(type, { ...options, outline })));
}

function typeWords(type: string, options: Within & { outline: Outline }): string {
  const { outline } = options;
  switch (type) {
    case "integer":
      return `a whole number${boundWords(outline)}`;
    case "number":
      return `a number${boundWords(outline)}`;
    case "string":
      return textWords(outline);
    case "boolean":
      return "true or false";
    case "array":
      return listWords(outline, options);
    case "object":
      return mapWords(outline, options);
    default:
      return type;
  }
}

function boundWords(outline: Outline): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = outline;
  const least = typeof exclusiveMinimum === "number"
    ? `above ${exclusiveMinimum}`
    : minimum === undefined
    ? ""
    : `of at least ${minimum}`;
  const most = typeof exclusiveMaximum === "number"
    ? `below ${exclusiveMaximum}`
    : maximum === undefined
    ? ""
    : `at most ${maximum}`;
  const both = minimum !== undefined && maximum !== undefined && least.startsWith("of") &&
    most.startsWith("at");
  const range = both
    ? `from ${minimum} to ${maximum}`
    : [least, most].filter((part) => part !== "").join(" and ");
  const step = multipleOf === undefined ? "" : ` divisible by ${multipleOf}`;
  return (range === "" ? "" : ` ${range.replace(/^at most/, "of at most")}`) + step;
}

function textWords(outline: Outline): string {
  if (outline.pattern !== undefined) return `text like /${outline.pattern}/`;
  if (outline.format !== undefined) return `text in the form of a ${outline.format}`;
  if (outline.minLength === 1 && outline.maxLength === undefined) return "text that is not empty";
  const length = countWords({ least: outline.minLength, most: outline.maxLength });
  return length === "" ? "text" : `text of ${length} characters`;
}

function listWords(outline: Outline, options: Within): string {
  const depth = (options.depth ?? 0) + 1, within = { ...options, depth };
  if (depth > DEEPEST) return "a list";
  if (outline.prefixItems) {
    const items = outline.prefixItems.map((item) =>
      typeof item === "object" ? acceptedWords(item, within) : "nothing"
    );
    return `a list of ${items.length} (${items.join(", then ")})`;
  }
  const length = countWords({ least: outline.minItems, most: outline.maxItems });
  const item = listItem(outline), each = item && acceptedWords(item, within);
  return `a list${length === "" ? "" : ` of ${length}`}${
    each && each !== "any value" ? `, each ${each}` : ""
  }`;
}

function mapWords(outline: Outline, options: Within): string {
  const depth = (options.depth ?? 0) + 1, open = openValue(outline);
  if (open && depth > DEEPEST) return "a map";
  // What a map holds has lines of its own in every list of keys; here its kind is enough.
  const holdsMaps = open && alternatives(open, options).every((member) => typesOf(member).includes("object"));
  if (open) return `a map from names to ${holdsMaps ? "maps" : acceptedWords(open, { ...options, depth })}`;
  const keys = Object.keys(outline.properties ?? {});
  if (keys.length === 0) return "an empty map";
  return keys.length > MOST_KEYS ? "a map" : `a map of ${joinNames(keys, { last: "and" })}`;
}

function countWords(options: { least?: number; most?: number }): string {
  const { least, most } = options;
  if (least !== undefined && least === most) return `exactly ${least}`;
  if (least !== undefined && most !== undefined) return `${least} to ${most}`;
  if (least !== undefined) return `at least ${least}`;
  return most === undefined ? "" : `at most ${most}`;
}

function isNested(outline: Outline): boolean {
  return typesOf(outline).some((type) => type === "array" || type === "object");
}

function typesOf(outline: Outline): string[] {
  return outline.type === undefined ? [] : [outline.type].flat();
}
