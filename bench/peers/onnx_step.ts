/**
 * Training steps of the paper's network, as this project takes them.
 *
 * `deno run -A bench/peers/onnx_step.ts THREADS BATCH`; the first line of standard input names the file of the problem.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { forward } from "../../src/models/forward.ts";
import { compileStep } from "../../src/onnx/step.ts";
import { adam } from "../../src/training/optimizers/adam.ts";
import { ADAM, CLASSES, readProblem, SAMPLES } from "../paper_network.ts";
import { countNodes } from "./counted_nodes.ts";
import { serve } from "./serve.ts";

const [threads, batch] = Deno.args.map(Number);
const MICRO_BATCH = 64;

await serve(async (path) => {
  const { network, weights, windows, targets } = await readProblem(path, { batch });
  const { optimizer, nodes } = countNodes(adam(ADAM));
  const start = performance.now();
  const step = await compileStep({
    loss: ({ windows, targets }, weights) => {
      const features = forward(network.encoder, { rows: windows, training: true });
      const logits = forward(network.head, { rows: features, training: true });
      return tf.logSoftmax(logits).mul(targets).sum(1).mul(weights).sum().neg().asScalar();
    },
    variables: Object.values(weights),
    optimizer,
    inputs: { windows: [SAMPLES, 1], targets: [CLASSES] },
    batch,
    microBatch: MICRO_BATCH,
    threads,
  });
  const compileMs = performance.now() - start;
  const rows = {
    inputs: { windows, targets },
    weights: new Float32Array(batch).fill(1 / batch),
    learningRate: ADAM.learningRate,
  };
  return {
    about: `${nodes()} nodes recorded, compiled in ${compileMs.toFixed(0)} ms, threads: ${threads}`,
    step: async () => (await step.run(rows)).loss,
  };
});
