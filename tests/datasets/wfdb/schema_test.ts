import assert from "node:assert/strict";
import { z } from "zod";
import { wfdbSchema } from "../../../src/datasets/wfdb/schema.ts";

Deno.test("wfdbSchema takes record names as numbers too and gives them as text", () => {
  const parsed = wfdbSchema.parse({
    path: "mitdb",
    sameSubject: [[201, 202]],
    exclude: { records: [102, "104"], why: "paced (AAMI EC57)" },
  });
  assert.deepEqual(parsed, {
    path: "mitdb",
    subject: "record",
    sameSubject: [["201", "202"]],
    exclude: [{ records: ["102", "104"], why: "paced (AAMI EC57)" }],
  });
  assert.deepEqual(wfdbSchema.parse(parsed), parsed, "what is parsed parses to itself");
});

Deno.test("wfdbSchema refuses what a manifest must not leave open", () => {
  const refuses = (parameters: Record<string, unknown>) => !wfdbSchema.safeParse(parameters).success;
  assert.ok(refuses({}));
  assert.ok(refuses({ path: "" }));
  assert.ok(refuses({ path: "db", records: [] }));
  assert.ok(refuses({ path: "db", exclude: { records: ["a"] } }), "a reason is needed");
  assert.ok(refuses({ path: "db", sameSubject: [["a"]] }));
  assert.ok(refuses({ path: "db", annotations: "../atr" }));
  assert.ok(refuses({ path: "db", records: [100.5] }));
  assert.ok(refuses({ path: "db", recods: ["a"] }), "unknown keys are refused");
});

Deno.test("wfdbSchema has a JSON Schema for editors", () => {
  const schema = z.toJSONSchema(wfdbSchema, { io: "input" });
  assert.deepEqual(schema.required, ["path"]);
});
