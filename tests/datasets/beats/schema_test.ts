import assert from "node:assert/strict";
import { z } from "zod";
import { beatsSchema } from "../../../src/datasets/beats/schema.ts";

const least = { path: "gudb", conditions: { rest: "sitting", stress: "maths" } };

Deno.test("beatsSchema fills in what the Glasgow University Database needs", () => {
  assert.deepEqual(beatsSchema.parse(least), {
    ...least,
    file: "annotation_cs.tsv",
    sampleRateHz: 250,
    noise: { fromDb: 5, toDb: 30 },
    seed: 1,
  });
});

Deno.test("beatsSchema refuses what a manifest must not leave open, and windows without a whole number of beats", () => {
  const refuses = (parameters: Record<string, unknown>) =>
    !beatsSchema.safeParse({ ...least, ...parameters }).success;
  assert.ok(!beatsSchema.safeParse({ path: "gudb" }).success, "conditions are needed");
  assert.ok(!beatsSchema.safeParse({ conditions: least.conditions }).success, "a path is needed");
  assert.ok(refuses({ conditions: {} }));
  assert.ok(refuses({ conditions: { "a/b": "sitting" } }), "it is part of an id");
  assert.ok(refuses({ conditions: { rest: "sitting", stress: "sitting" } }));
  assert.ok(refuses({ exclude: { subjects: ["subject_04"] } }), "a reason is needed");
  assert.ok(refuses({ seconds: 10 }), "unknown keys are refused");
  const windows = (bpm: number, windowSeconds: number) => refuses({ equalMeanRate: { bpm, windowSeconds } });
  assert.ok(!windows(72, 30));
  assert.ok(!windows(70.2, 100), "117 beats");
  assert.ok(windows(72, 31));
  assert.ok(refuses({ equalMeanRate: { bpm: 72 } }));
});

Deno.test("beatsSchema has a JSON Schema for editors", () => {
  const schema = z.toJSONSchema(beatsSchema, { io: "input" });
  assert.deepEqual(schema.required, ["path", "conditions"]);
});
