/**
 * Training steps or forward passes of a network, as this project takes them.
 *
 * `deno run -A bench/peers/onnx.ts TASK NETWORK THREADS BATCH`; the first line of standard input names the folder of the problem.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { env } from "onnxruntime-node";
import { exportOnnx } from "../../src/onnx/files/export.ts";
import { openModel } from "../../src/onnx/inference/open_model.ts";
import { compileStep } from "../../src/onnx/programs/step.ts";
import { adam } from "../../src/training/optimizers/adam.ts";
import type { NetworkName } from "../networks/table.ts";
import { ADAM, type Problem, readProblem } from "../problem.ts";
import { serve, type Turns } from "./serve.ts";

const ABOUT = `ONNX Runtime ${env.versions.node}, Deno ${Deno.version.deno}`;

const [task, network, ...sizes] = Deno.args;
const [threads, batch] = sizes.map(Number);

await serve(async (folder) => {
  const problem = await readProblem(folder, { network: network as NetworkName, batch });
  return task === "step" ? await openStep(problem) : await openForward(problem);
});

/** The whole batch in one program: forward, backward and Adam. */
async function openStep({ description, network, windows, targets }: Problem): Promise<Turns> {
  const step = await compileStep({
    loss: ({ windows, targets }, weights) => {
      const logits = network.logits(windows, { training: true });
      return tf.logSoftmax(logits).mul(targets).sum(1).mul(weights).sum().neg().asScalar();
    },
    variables: Object.values(network.weights).filter(({ trainable }) => trainable),
    optimizer: adam(ADAM),
    inputs: { windows: [description.samples, 1], targets: [description.classes] },
    batch,
    microBatch: batch,
    threads,
  });
  const rows = {
    inputs: { windows, targets },
    weights: new Float32Array(batch).fill(1 / batch),
    learningRate: ADAM.learningRate,
  };
  return {
    about: ABOUT,
    turn: async () => [(await step.run(rows)).loss],
  };
}

/** The model that is handed out, as predictions are made with it. */
async function openForward({ description, network, windows }: Problem): Promise<Turns> {
  const bytes = exportOnnx(({ windows }) => ({ logits: network.logits(windows, { training: false }) }), {
    inputs: { windows: [null, description.samples, 1] },
    weights: network.weights,
  });
  const model = await openModel(bytes, { batch, threads });
  const feeds = { windows: { values: windows, shape: [batch, description.samples, 1] } };
  return {
    about: `${ABOUT}, the exported model of ${(bytes.length / 1e6).toFixed(1)} MB`,
    turn: async () => Array.from((await model.run(feeds)).logits.values, Number),
  };
}
