/**
 * Pretraining steps of the paper's network with all its heads, as this project takes them.
 *
 * `deno run -A bench/peers/onnx_pretext.ts THREADS WINDOWS MICRO_BATCH`; the first line of standard input is empty.
 *
 * @module
 */
import { initializeWeights } from "../../src/models/initialize.ts";
import { buildEncoder } from "../../src/models/table.ts";
import { createRandom } from "../../src/onnx/random/random.ts";
import { loadObjective } from "../../src/pretext/table.ts";
import { stream } from "../../src/random/stream.ts";
import { adam } from "../../src/training/optimizers/adam.ts";
import { buildPretextNetwork } from "../../src/training/pretext_network.ts";
import { compilePretextStep } from "../../src/training/pretext_step.ts";
import { SAMPLE_RATE_HZ, SAMPLES } from "../networks/paper.ts";
import { ADAM } from "../problem.ts";
import { serve } from "./serve.ts";

const [threads, windows, microBatch] = Deno.args.map(Number);

await serve(async () => {
  const random = stream(1, "bench/memory"), noise = random.child("windows");
  const objective = await loadObjective({ kind: "transformation-recognition" });
  const encoder = await buildEncoder({ kind: "sarkar-cnn" }, {
    samples: SAMPLES,
    sampleRateHz: SAMPLE_RATE_HZ,
  });
  initializeWeights(encoder, random.child("encoder"));
  const network = buildPretextNetwork(encoder, { objective, stream: random.child("heads") });
  const start = performance.now();
  const step = await compilePretextStep(network, {
    objective,
    optimizer: adam(ADAM),
    samples: SAMPLES,
    windows,
    microBatch,
    threads,
    random: createRandom(random.child("dropout").key()),
  });
  const compileMs = performance.now() - start;
  const signal = Float32Array.from({ length: windows * SAMPLES }, () => noise.normal());
  const parameters = Object.values(network.weights).reduce((sum, { size }) => sum + size, 0);
  let taken = 0;
  return {
    about: `${parameters} parameters, ${windows * objective.rowsPerWindow} rows a step, compiled in ${
      compileMs.toFixed(0)
    } ms`,
    async turn() {
      const made = objective.rows(signal, { count: windows, stream: random.child(`step/${taken++}`) });
      const { loss } = await step.run({
        inputs: { windows: made.windows, targets: made.targets },
        weights: new Float32Array(made.rows).fill(1 / made.rows),
        learningRate: ADAM.learningRate,
      });
      return [loss];
    },
  };
});
