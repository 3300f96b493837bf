import assert from "node:assert/strict";
import { z } from "zod";
import { choiceOf } from "../../src/manifest/choice.ts";
import { describeSchema, editorSchema } from "../../src/manifest/editor_schema.ts";

const load = () => Promise.resolve(0);
const optimizer = choiceOf({
  adam: {
    schema: z.strictObject({ learningRate: z.number().positive().default(0.001).describe("step size") })
      .describe("Kingma and Ba (2015)"),
    load,
  },
  sgd: { schema: z.strictObject({ learningRate: z.number().positive() }), load },
});
const schema = z.strictObject({
  lead: z.string().describe("which lead, by name"),
  seeds: z.array(z.int()).min(1).default([1]),
  optimizer: optimizer.prefault({ kind: "adam" }),
});

Deno.test("editorSchema() is JSON Schema of the input side, with descriptions and extends", () => {
  assert.deepEqual(editorSchema(schema, { title: "Manifest", id: "https://example.org/manifest.json" }), {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "https://example.org/manifest.json",
    title: "Manifest",
    type: "object",
    additionalProperties: false,
    properties: {
      extends: {
        type: "string",
        description: "the manifest, relative to this one, that this one is written over",
      },
      lead: { type: "string", description: "which lead, by name" },
      // Whole numbers have no bounds but those that the schema says.
      seeds: { type: "array", minItems: 1, items: { type: "integer" }, default: [1] },
      optimizer: {
        default: { kind: "adam" },
        oneOf: [
          {
            type: "object",
            description: "Kingma and Ba (2015)",
            properties: {
              kind: { type: "string", const: "adam" },
              learningRate: { type: "number", exclusiveMinimum: 0, default: 0.001, description: "step size" },
            },
            required: ["kind"],
            additionalProperties: false,
          },
          {
            type: "object",
            properties: {
              kind: { type: "string", const: "sgd" },
              learningRate: { type: "number", exclusiveMinimum: 0 },
            },
            required: ["kind", "learningRate"],
            additionalProperties: false,
          },
        ],
      },
    },
    anyOf: [{ required: ["lead"] }, { required: ["extends"] }],
  });
});

Deno.test("editorSchema() is plain JSON, and asks for nothing where no key is required", () => {
  const made = editorSchema(z.strictObject({ a: z.int().default(1), when: z.date().optional() }), {
    title: "T",
    id: "i",
  });
  assert.deepEqual(JSON.parse(JSON.stringify(made)), made);
  assert.ok(!("anyOf" in made) && !("required" in made));
});

Deno.test("describeSchema() gives a row for every key, in the words of the messages", () => {
  assert.deepEqual(describeSchema(schema), [
    { path: "lead", type: "text", required: true, description: "which lead, by name", when: "" },
    {
      path: "seeds",
      type: "a list of at least 1, each a whole number",
      required: false,
      default: [1],
      description: "",
      when: "",
    },
    {
      path: "optimizer",
      type: "a map whose kind is adam or sgd",
      required: false,
      default: { kind: "adam" },
      description: "",
      when: "",
    },
    {
      path: "optimizer.kind",
      type: "one of adam or sgd",
      required: true,
      description: "adam: Kingma and Ba (2015)",
      when: "",
    },
    {
      path: "optimizer.learningRate",
      type: "a number above 0",
      required: false,
      default: 0.001,
      description: "step size",
      when: "optimizer.kind = adam",
    },
    {
      path: "optimizer.learningRate",
      type: "a number above 0",
      required: true,
      description: "",
      when: "optimizer.kind = sgd",
    },
  ]);
});
