import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { buildHead } from "../../src/models/head.ts";
import { initializeWeights } from "../../src/models/initialize.ts";
import { loadWeights, namedWeights } from "../../src/models/weights.ts";
import { stream } from "../../src/random/stream.ts";

const linear = () => buildHead({ features: 2, hidden: [], outputs: 1, activation: "relu", dropout: 0 });
const values = (model: tf.LayersModel, name: string) => [...namedWeights(model)[name].dataSync()];

Deno.test("loadWeights() gives each weight its values and leaves other names alone", () => {
  const model = linear();
  loadWeights(model, {
    "logits/kernel": { shape: [2, 1], values: [3, 4] },
    "logits/bias": { shape: [1], values: [5] },
    "other/kernel": { shape: [1], values: [0] },
  });
  assert.deepEqual(values(model, "logits/kernel"), [3, 4]);
  assert.deepEqual(values(model, "logits/bias"), [5]);
});

Deno.test("loadWeights() names a weight that is missing or has another shape", () => {
  assert.throws(
    () => loadWeights(linear(), { "logits/kernel": { shape: [2, 1], values: [3, 4] } }),
    { name: "RangeError", message: "Cannot load weights: logits/bias must be among them, got logits/kernel" },
  );
  assert.throws(
    () => loadWeights(linear(), { "logits/kernel": { shape: [1, 2], values: [3, 4] } }),
    { name: "TypeError", message: "Cannot load weights: logits/kernel must have the shape [2,1], got [1,2]" },
  );
});

Deno.test("initializeWeights() draws kernels within Glorot's limit and leaves biases zero", () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv1d({
        name: "conv",
        filters: 16,
        kernelSize: 8,
        inputShape: [32, 4],
        biasInitializer: "ones",
      }),
    ],
  });
  initializeWeights(model, stream(1, "test"));
  // Fan in 8 · 4, fan out 8 · 16.
  const limit = Math.sqrt(6 / (8 * 4 + 8 * 16)), kernel = values(model, "conv/kernel");
  const largest = Math.max(...kernel.map(Math.abs));
  assert.ok(largest <= limit && largest > 0.98 * limit);
  // 512 uniform numbers: variance limit² / 3 within four standard errors (15.8%).
  const variance = kernel.reduce((sum, value) => sum + value * value, 0) / kernel.length;
  assert.ok(Math.abs(variance / (limit * limit / 3) - 1) < 0.16);
  assert.deepEqual(values(model, "conv/bias"), new Array(16).fill(0));
});

Deno.test("initializeWeights() draws each weight by its name, whatever else there is", () => {
  const small = buildHead({ features: 4, hidden: [], outputs: 3, activation: "relu", dropout: 0 });
  const large = buildHead({ features: 4, hidden: [4], outputs: 3, activation: "relu", dropout: 0 });
  const other = buildHead({ features: 4, hidden: [], outputs: 3, activation: "relu", dropout: 0 });
  initializeWeights(small, stream(1, "test"));
  initializeWeights(large, stream(1, "test"));
  initializeWeights(other, stream(2, "test"));
  assert.deepEqual(values(small, "logits/kernel"), values(large, "logits/kernel"));
  assert.notDeepEqual(values(small, "logits/kernel"), values(other, "logits/kernel"));
});
