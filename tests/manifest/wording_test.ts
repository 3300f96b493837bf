import assert from "node:assert/strict";
import { z } from "zod";
import { outlineOf } from "../../src/manifest/outline.ts";
import { acceptedWords } from "../../src/manifest/wording.ts";

const words = (schema: z.ZodType) => {
  const root = outlineOf(schema);
  return acceptedWords(root, { root });
};

Deno.test("acceptedWords() words every kind of schema", () => {
  const worded: [z.ZodType, string][] = [
    [z.string(), "text"],
    [z.string().min(1), "text that is not empty"],
    [z.string().min(2).max(8), "text of 2 to 8 characters"],
    [z.string().length(4), "text of exactly 4 characters"],
    [z.string().regex(/^a/), "text like /^a/"],
    [z.number(), "a number"],
    [z.number().min(0), "a number of at least 0"],
    [z.number().max(9), "a number of at most 9"],
    [z.number().gt(0), "a number above 0"],
    [z.number().lt(1), "a number below 1"],
    [z.number().min(0).max(1), "a number from 0 to 1"],
    [z.number().gt(0).max(1), "a number above 0 and at most 1"],
    [z.number().min(0).lt(1), "a number of at least 0 and below 1"],
    [z.int(), "a whole number"],
    [z.int().min(1), "a whole number of at least 1"],
    [z.int().min(2).multipleOf(2), "a whole number of at least 2 divisible by 2"],
    [z.boolean(), "true or false"],
    [z.null(), "null"],
    [z.literal("all"), '"all"'],
    [z.enum(["a", "b", "c"]), "one of a, b or c"],
    [z.literal(["a", 1]), "one of a or 1"],
    [z.number().nullable(), "a number or null"],
    [z.array(z.number()), "a list, each a number"],
    [z.array(z.unknown()), "a list"],
    [z.array(z.string()).min(1).max(3), "a list of 1 to 3, each text"],
    [z.array(z.array(z.array(z.int()))), "a list, each a list, each a list"],
    [z.tuple([z.number(), z.string()]), "a list of 2 (a number, then text)"],
    [z.strictObject({ a: z.number(), b: z.number(), c: z.number() }), "a map of a, b and c"],
    [z.strictObject({}), "an empty map"],
    [z.record(z.string(), z.number()), "a map from names to a number"],
    [z.record(z.string(), z.strictObject({ a: z.number() })), "a map from names to maps"],
    [z.unknown(), "any value"],
    [
      z.union([z.array(z.number()), z.int(), z.literal("all")]),
      'a whole number, "all" or a list, each a number',
    ],
    [z.string().default("x"), "text"],
    [z.string().optional(), "text"],
    [z.string().transform(Number), "text"],
  ];
  for (const [schema, expected] of worded) assert.equal(words(schema), expected);
});

Deno.test("acceptedWords() ends for a schema that holds itself", () => {
  const lists: z.ZodType = z.array(z.lazy(() => lists));
  assert.equal(words(lists), "a list, each a list, each a list");
  const maps: z.ZodType = z.record(z.string(), z.lazy(() => maps));
  assert.equal(words(maps), "a map from names to maps");
  const mixed: z.ZodType = z.record(z.string(), z.union([z.null(), z.lazy(() => mixed)]));
  assert.equal(words(mixed), "a map from names to null or a map from names to null or a map");
  assert.match(words(z.json()), /^text, a number, true or false, null, a list/);
});
