/** Writes `encoder.onnx`, the given encoder of the golden stages: the tiny experiment's network with the weights sin(1), sin(2), ... */
import { buildEncoder } from "../../../src/models/table.ts";
import { namedWeights, setVariable } from "../../../src/models/weights.ts";
import { exportModel } from "../../../src/onnx/files/export_model.ts";

const blocks = [{ filters: 4, kernel: 8, layers: 1 }, { filters: 8, kernel: 4, layers: 1 }];
const encoder = await buildEncoder({ kind: "cnn", blocks }, { samples: 128, sampleRateHz: 64 });
let count = 0;
for (const variable of Object.values(namedWeights(encoder))) {
  setVariable(variable, Float32Array.from({ length: variable.size }, () => Math.sin(++count)));
}
const metadata = { pretrainingDataset: "elsewhere", pretrainingSubjects: JSON.stringify(["a", "b"]) };
Deno.writeFileSync(new URL("encoder.onnx", import.meta.url), exportModel(encoder, { metadata }));
