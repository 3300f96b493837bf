/** What every plug-in's schema must keep: complete by itself, described, strict. */
import assert from "node:assert/strict";
import { z } from "zod";
import { ARMS } from "../../src/arms/table.ts";
import { DATASETS } from "../../src/datasets/table.ts";
import { choiceOf } from "../../src/manifest/choice.ts";
import { ENCODERS } from "../../src/models/table.ts";
import { OBJECTIVES } from "../../src/pretext/table.ts";
import { TRANSFORMATIONS } from "../../src/pretext/transformations/table.ts";
import { SPLITTERS } from "../../src/splits/table.ts";
import { TARGETS } from "../../src/targets/table.ts";
import { OPTIMIZERS } from "../../src/training/optimizers/table.ts";

type Table = Readonly<Record<string, { readonly schema: z.ZodType }>>;

const TABLES = {
  DATASETS,
  TARGETS,
  SPLITTERS,
  ENCODERS,
  OBJECTIVES,
  ARMS,
  TRANSFORMATIONS,
  OPTIMIZERS,
} satisfies Record<string, Table>;

/** The least that a manifest can say of the plug-ins that need to be told something. */
const MINIMAL: Readonly<Record<string, Record<string, unknown>>> = {
  "DATASETS.wfdb": { path: "mitdb" },
  "DATASETS.beats": { path: "gudb", conditions: { rest: "sitting", stress: "maths" } },
  "DATASETS.popane": { path: "popane" },
  "DATASETS.edf": { path: "mine" },
  "DATASETS.csv": { path: "mine", file: "{subject}.csv", leads: { ECG: "ecg" }, sampleRateHz: 256 },
  "DATASETS.npy": { path: "mine", file: "{subject}.npy", sampleRateHz: 256 },
  "DATASETS.yaad": { path: "yaad" },
  "DATASETS.swell": { path: "swell" },
  "TARGETS.beats": { classes: { ventricular: ["V"], other: ["N"] } },
  "TARGETS.condition": { classes: { calm: ["rest"], stress: ["stress"] } },
  "SPLITTERS.predefined": { test: ["p001"] },
};

const PLUGINS = Object.entries(TABLES).flatMap(([name, table]: [string, Table]) =>
  Object.entries(table).map(([kind, { schema }]) => ({ name: `${name}.${kind}`, kind, schema }))
);

/** Keys with a default that says nothing of itself; one that can have no other value says enough. */
function undescribed(outline: z.core.JSONSchema.JSONSchema, path = ""): string[] {
  const { properties = {}, items, additionalProperties, anyOf = [], oneOf = [], allOf = [] } = outline;
  const own = Object.entries(properties).flatMap(([key, held]) => {
    if (typeof held === "boolean") return [];
    const isSilent = held.default !== undefined && held.const === undefined && !held.description;
    return [...isSilent ? [`${path}.${key}`] : [], ...undescribed(held, `${path}.${key}`)];
  });
  const below = [items, additionalProperties, anyOf, oneOf, allOf].flat().filter((held) =>
    typeof held === "object"
  );
  return [...own, ...below.flatMap((held) => undescribed(held, path))];
}

for (const { name, schema } of PLUGINS) {
  const input = MINIMAL[name] ?? {};

  Deno.test(`${name} fills in its minimal input, and what it gives parses to itself`, () => {
    const output = schema.parse(input);
    assert.deepEqual(schema.parse(output), output);
    assert.deepEqual(JSON.parse(JSON.stringify(output)), output, "it can be written to a file and hashed");
  });

  Deno.test(`${name} refuses a key that it does not know`, () => {
    assert.throws(() => schema.parse({ ...input, unknownKey: 1 }), /unknownKey/);
  });

  Deno.test(`${name} describes every key that has a default`, () => {
    assert.deepEqual(undescribed(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" })), []);
  });
}

Deno.test("MINIMAL names plug-ins that there are", () => {
  const names = PLUGINS.map(({ name }) => name);
  assert.deepEqual(Object.keys(MINIMAL).filter((name) => !names.includes(name)), []);
});

Deno.test("undescribed() finds a default without a description, at any depth", () => {
  const schema = z.strictObject({
    outer: z.strictObject({ inner: z.number().default(1), said: z.number().default(1).describe("Said.") }),
    list: z.array(z.strictObject({ item: z.number().default(1) })),
  });
  assert.deepEqual(undescribed(z.toJSONSchema(schema, { io: "input" })), [".outer.inner", ".list.item"]);
});

Deno.test("choiceOf() takes every plug-in of a table by its kind, and what it gives parses to itself", () => {
  const { TRANSFORMATIONS: _, ...tables } = TABLES;
  for (const [name, table] of Object.entries(tables)) {
    const choice: z.ZodType = choiceOf(table);
    for (const kind of Object.keys(table)) {
      const output = choice.parse({ kind, ...MINIMAL[`${name}.${kind}`] });
      assert.deepEqual(choice.parse(output), output, `${name}.${kind}`);
    }
    assert.throws(() => choice.parse({ kind: "none-such" }), { name: "ZodError" });
  }
});
