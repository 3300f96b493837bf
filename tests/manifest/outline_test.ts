import assert from "node:assert/strict";
import { z } from "zod";
import { keysAt, keysOf, outlineOf, schemaHasPath } from "../../src/manifest/outline.ts";

const fit = z.strictObject({ epochs: z.int().default(30) });
const schema = z.strictObject({
  pretext: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("simclr"), temperature: z.number(), fit }),
    z.strictObject({ kind: z.literal("vicreg"), dim: z.int().optional(), fit }),
  ]),
  normalize: z.union([z.literal("none"), z.strictObject({ trim: z.number().optional() })]).optional(),
  arms: z.record(z.string(), z.strictObject({ train: z.string() })).default({}),
  losses: z.partialRecord(z.enum(["invariance", "variance"]), z.number()).default({}),
  hypotheses: z.array(z.strictObject({ arm: z.string() })).default([]),
  pair: z.tuple([z.strictObject({ left: z.int() }), z.strictObject({ right: z.int() })]).optional(),
  free: z.unknown().optional(),
});

Deno.test("schemaHasPath() follows maps, choices, unions, open maps, lists and tuples", () => {
  const known = [
    [],
    ["pretext", "kind"],
    ["pretext", "temperature"],
    ["pretext", "fit", "epochs"],
    ["normalize", "trim"],
    ["arms", "any name", "train"],
    ["losses", "variance"],
    ["hypotheses", 7, "arm"],
    ["pair", 1, "right"],
    ["free", "anything", 3],
  ];
  const unknown = [
    ["pretxt"],
    ["pretext", "fit", "epoch"],
    ["arms", "frozen", "trian"],
    ["losses", "covariance"],
    ["hypotheses", "arm"],
    ["pair", 0, "right"],
    ["pretext", "kind", "x"],
    ["toString"],
  ];
  for (const path of known) assert.ok(schemaHasPath(schema, path), path.join("."));
  for (const path of unknown) assert.ok(!schemaHasPath(schema, path), path.join("."));
});

Deno.test("schemaHasPath() lets a value decide on the names of open maps and on indexes", () => {
  const value = { arms: { frozen: {} }, hypotheses: [{ arm: "frozen" }] };
  assert.ok(schemaHasPath(schema, ["arms", "frozen", "train"], { value }));
  assert.ok(!schemaHasPath(schema, ["arms", "frozn", "train"], { value }));
  assert.ok(schemaHasPath(schema, ["hypotheses", 0, "arm"], { value }));
  assert.ok(!schemaHasPath(schema, ["hypotheses", 1, "arm"], { value }));
  // What a map says by name needs no value.
  assert.ok(schemaHasPath(schema, ["pretext", "fit", "epochs"], { value }));
});

Deno.test("schemaHasPath() follows a schema that holds itself", () => {
  const tree: z.ZodType = z.strictObject({ value: z.int(), children: z.array(z.lazy(() => tree)) });
  assert.ok(schemaHasPath(tree, ["children", 0, "children", 3, "value"]));
  assert.ok(!schemaHasPath(tree, ["children", 0, "values"]));
});

Deno.test("keysAt() gives the keys under the choices made", () => {
  const root = outlineOf(schema);
  const value = { pretext: { kind: "vicreg" } };
  assert.deepEqual(keysAt(root, ["pretext"], { value, unknown: "temperature" }), {
    known: ["kind", "dim", "fit"],
    choices: ["kind = simclr"],
  });
  assert.deepEqual(keysAt(root, ["pretext", "fit"], { value, unknown: "epoch" }), {
    known: ["epochs"],
    choices: [],
  });
  assert.deepEqual(keysAt(root, ["arms"], { value, unknown: "x" }), { known: [], choices: [] });
  assert.deepEqual(keysAt(root, ["losses"], { value, unknown: "x" }).known, ["invariance", "variance"]);
});

Deno.test("keysOf() gives every key in order, a choice's members one after the other", () => {
  const rows = [...keysOf(outlineOf(schema))].map(({ path, when, required }) => [path, when, required]);
  assert.deepEqual(rows, [
    ["pretext", "", true],
    ["pretext.kind", "", true],
    ["pretext.temperature", "pretext.kind = simclr", true],
    ["pretext.fit", "pretext.kind = simclr", true],
    ["pretext.fit.epochs", "pretext.kind = simclr", false],
    ["pretext.dim", "pretext.kind = vicreg", false],
    ["pretext.fit", "pretext.kind = vicreg", true],
    ["pretext.fit.epochs", "pretext.kind = vicreg", false],
    ["normalize", "", false],
    ["normalize.trim", "", false],
    ["arms", "", false],
    ["arms.<name>", "", false],
    ["arms.<name>.train", "", true],
    ["losses", "", false],
    ["losses.<name>", "", false],
    ["hypotheses", "", false],
    ["hypotheses[].arm", "", true],
    ["pair", "", false],
    ["free", "", false],
  ]);
});

Deno.test("keysOf() ends for a schema that holds itself", () => {
  const tree: z.ZodType = z.strictObject({ value: z.int(), children: z.array(z.lazy(() => tree)) });
  assert.deepEqual([...keysOf(outlineOf(tree))].map(({ path }) => path), [
    "value",
    "children",
    "children[].value",
    "children[].children",
  ]);
});
