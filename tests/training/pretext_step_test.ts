import assert from "node:assert/strict";
import { buildEncoder } from "../../src/models/table.ts";
import { setVariable } from "../../src/models/weights.ts";
import { createRandom } from "../../src/onnx/random/random.ts";
import { loadObjective } from "../../src/pretext/table.ts";
import { stream } from "../../src/random/stream.ts";
import { sgd } from "../../src/training/optimizers/sgd.ts";
import { buildPretextNetwork } from "../../src/training/pretext_network.ts";
import { compilePretextStep } from "../../src/training/pretext_step.ts";
import golden from "../golden/training/pretext_step.json" with { type: "json" };

type Weights = Record<string, { shape: number[]; values: number[] }>;

for (const microBatch of [6, 4]) {
  Deno.test(`compilePretextStep() takes the steps of PyTorch in micro-batches of ${microBatch}`, async () => {
    const encoder = await buildEncoder({
      kind: "cnn",
      blocks: [{ filters: 2, kernel: 3, layers: 1 }, { filters: 3, kernel: 2, layers: 1 }],
      pool: { size: 4, stride: 2 },
    }, { samples: golden.samples, sampleRateHz: 1 });
    const objective = await loadObjective({
      kind: "transformation-recognition",
      transformations: { scale: {}, negate: {} },
      head: { hidden: [4], dropout: 0 },
      l2: golden.l2,
    });
    const network = buildPretextNetwork(encoder, { objective, stream: stream(1, "heads") });
    const start: Weights = golden.start;
    assert.deepEqual(Object.keys(network.weights).toSorted(), Object.keys(start).toSorted());
    for (const [name, variable] of Object.entries(network.weights)) {
      assert.deepEqual(variable.shape, start[name].shape, name);
      setVariable(variable, Float32Array.from(start[name].values));
    }
    const step = await compilePretextStep(network, {
      objective,
      optimizer: sgd({ momentum: 0 }),
      samples: golden.samples,
      windows: 2,
      microBatch,
      threads: 1,
      random: createRandom(0x548c9decbce65297n),
    });
    for (const expected of golden.steps) {
      const { loss } = await step.run({
        inputs: {
          windows: Float32Array.from(golden.windows),
          targets: Float32Array.from(golden.targets),
        },
        weights: new Float32Array(6).fill(1 / 6),
        learningRate: golden.rate,
      });
      assert.ok(Math.abs(loss - expected.loss) < 1e-5, `${loss}`);
      const after: Weights = expected.weights;
      for (const [name, variable] of Object.entries(network.weights)) {
        variable.dataSync().forEach((value, index) => {
          assert.ok(Math.abs(value - after[name].values[index]) < 1e-5, `${name} ${index}: ${value}`);
        });
      }
    }
    await step.dispose();
  });
}
