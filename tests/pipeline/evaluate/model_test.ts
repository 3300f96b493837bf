import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readModel } from "../../../src/pipeline/evaluate/model.ts";
import { METADATA, modelFile } from "./model_file.ts";

const read = (metadata: Readonly<Record<string, string>>) =>
  readModel(modelFile(metadata), { file: "m.onnx" });
const without = (...keys: string[]) =>
  Object.fromEntries(Object.entries(METADATA).filter(([key]) => !keys.includes(key)));

Deno.test("readModel() reads what a run wrote", () => {
  const bytes = modelFile(), model = readModel(bytes, { file: "m.onnx" });
  assert.equal(model.sha256, createHash("sha256").update(bytes).digest("hex"));
  assert.deepEqual(model.classes, ["calm", "stress"]);
  assert.deepEqual([model.signal.lead, model.signal.resample, model.samples], ["II", 2, 4]);
  assert.deepEqual(model.training, { dataset: "db", subjects: ["a"] });
  assert.deepEqual([model.scale, model.features, model.cell, model.leak], [null, null, null, null]);
});

Deno.test("readModel() reads a training fold's normalisation, and what only a run knows", () => {
  const normalization = JSON.stringify({ scope: "training-fold", trim: 0.05, mean: 1, deviation: 2 });
  const model = read({ ...METADATA, normalization, cell: "c", manifest: "m", leak: "on purpose" });
  assert.deepEqual(model.scale, { mean: 1, deviation: 2 });
  assert.deepEqual([model.cell, model.manifest, model.leak], ["c", "m", "on purpose"]);
});

Deno.test("readModel() refuses what is no ONNX file", () => {
  for (const text of ["", "hello there"]) {
    assert.throws(() => readModel(new TextEncoder().encode(text), { file: "m.onnx" }), {
      name: "SyntaxError",
      message:
        `m.onnx: Cannot read the model: it must be an ONNX file, got ${text.length} bytes of another kind`,
    });
  }
});

Deno.test("readModel() says what is missing in a model of others, and in one of an earlier version", () => {
  assert.throws(() => read({}), {
    name: "RangeError",
    message:
      /its metadata must say how it was trained, got none of arm, dataset, signal, .*deno task experiment/,
  });
  assert.throws(() => read(without("signal", "dataset")), {
    name: "RangeError",
    message: /got none of dataset, signal; it is of an earlier version; run its experiment again$/,
  });
});

Deno.test("readModel() refuses metadata that are not as a run writes them", () => {
  for (const [key, value] of [["signal", '{"lead": 1}'], ["classes", "calm"], ["windowSamples", "many"]]) {
    assert.throws(() => read({ ...METADATA, [key]: value }), {
      name: "RangeError",
      message:
        `m.onnx: Cannot evaluate the model: its metadata must be as a run writes them, got another ${key}`,
    });
  }
});

Deno.test("readModel() refuses metadata that tell of another graph", () => {
  const features = JSON.stringify({ kind: "hrv", columns: ["heartRate"], centre: "none" });
  for (const [key, value] of [["windowSamples", "5"], ["classes", '["a","b","c"]'], ["features", features]]) {
    assert.throws(() => read({ ...METADATA, [key]: value }), {
      name: "RangeError",
      message:
        /it must go from .* as its metadata say, got windows \[batch, 4, 1\] to probabilities \[batch, 2\]$/,
    });
  }
});
