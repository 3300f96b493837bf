/**
 * Training steps or forward passes of a network on a backend of TensorFlow.js, which runs the program as it is.
 *
 * `deno run -A bench/peers/tfjs.ts BACKEND TASK NETWORK BATCH`; BACKEND is cpu or wasm, and the first line of standard input names
 * the folder of the problem.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import type { NetworkName } from "../networks/table.ts";
import { ADAM, type Problem, readProblem } from "../problem.ts";
import { serve, type Turns } from "./serve.ts";

const [backend, task, network, size] = Deno.args, batch = Number(size);

await serve(async (folder) => {
  if (backend === "wasm") {
    setWasmPaths(new URL(".", import.meta.resolve("@tensorflow/tfjs-backend-wasm")).pathname);
  }
  await tf.setBackend(backend);
  const problem = await readProblem(folder, { network: network as NetworkName, batch });
  return task === "step" ? openStep(problem) : openForward(problem);
});

function openStep({ description, network, windows, targets }: Problem): Turns {
  const rows = tf.tensor3d(windows, [batch, description.samples, 1]);
  const classes = tf.tensor2d(targets, [batch, description.classes]);
  const optimizer = tf.train.adam(
    ADAM.learningRate,
    ADAM.beta1,
    ADAM.beta2,
    ADAM.epsilon,
  );
  const variables = Object.values(network.weights).filter(({ trainable }) => trainable);
  return {
    about: `version ${tf.version.tfjs}`,
    turn() {
      const loss = optimizer.minimize(
        () => tf.losses.softmaxCrossEntropy(classes, network.logits(rows, { training: true })).asScalar(),
        true,
        variables,
      );
      return Promise.resolve([...loss!.dataSync()]);
    },
  };
}

function openForward({ description, network, windows }: Problem): Turns {
  const rows = tf.tensor3d(windows, [batch, description.samples, 1]);
  return {
    about: `version ${tf.version.tfjs}`,
    turn() {
      const logits = tf.tidy(() => network.logits(rows, { training: false }));
      const values = [...logits.dataSync()];
      logits.dispose();
      return Promise.resolve(values);
    },
  };
}
