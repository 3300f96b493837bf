import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { createRandom } from "../../src/onnx/random/random.ts";
import { loadObjective } from "../../src/pretext/table.ts";
import { stream } from "../../src/random/stream.ts";
import { sgd } from "../../src/training/optimizers/sgd.ts";
import { buildPretextNetwork } from "../../src/training/pretext_network.ts";
import { compilePretextStep, type PretextStepOptions } from "../../src/training/pretext_step.ts";
import { pretextFitSchema, transferFitSchema } from "../../src/training/schema.ts";

const SAMPLES = 8;

/** A step of three rows a window, on an encoder with this layer in it. */
async function stepOn(layer: tf.layers.Layer, changes: Partial<PretextStepOptions>) {
  const encoder = tf.sequential({
    layers: [
      tf.layers.conv1d({ filters: 2, kernelSize: 3, kernelInitializer: "ones", inputShape: [SAMPLES, 1] }),
      layer,
      tf.layers.globalMaxPooling1d(),
    ],
  });
  const objective = await loadObjective({
    kind: "transformation-recognition",
    transformations: { scale: {}, negate: {} },
    head: { hidden: [], dropout: 0 },
  });
  const network = buildPretextNetwork(encoder, { objective, stream: stream(1, "heads") });
  return compilePretextStep(network, {
    objective,
    optimizer: sgd({ momentum: 0 }),
    samples: SAMPLES,
    windows: 2,
    microBatch: 4,
    threads: 1,
    random: createRandom(0x548c9decbce65297n),
    ...changes,
  });
}

Deno.test("compilePretextStep() refuses batch normalization over several micro-batches, unless each is to be one of its own", async () => {
  await assert.rejects(stepOn(tf.layers.batchNormalization(), {}), {
    name: "RangeError",
    message: /with a micro-batch \(4\) smaller than the batch \(6\).*batchStatistics: "micro-batch"/,
  });
  const steps = [
    await stepOn(tf.layers.batchNormalization(), { batchStatistics: "micro-batch" }),
    await stepOn(tf.layers.batchNormalization(), { microBatch: 6 }),
    await stepOn(tf.layers.layerNormalization(), {}),
  ];
  for (const step of steps) await step.dispose();
});

Deno.test("the schemas of fit take batchStatistics as micro-batch, and leave it out unless it is given", () => {
  for (const schema of [pretextFitSchema, transferFitSchema]) {
    assert.equal(schema.parse({ batchStatistics: "micro-batch" }).batchStatistics, "micro-batch");
    assert.equal("batchStatistics" in schema.parse({}), false);
    assert.equal(schema.safeParse({ batchStatistics: "batch" }).success, false);
  }
});
