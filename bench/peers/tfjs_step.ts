/**
 * Training steps of the paper's network on the `cpu` backend of TensorFlow.js.
 *
 * `deno run -A bench/peers/tfjs_step.ts BATCH`; the first line of standard input names the file of the problem.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { forward } from "../../src/models/forward.ts";
import { ADAM, CLASSES, readProblem, SAMPLES } from "../paper_network.ts";
import { serve } from "./serve.ts";

const batch = Number(Deno.args[0]);

await serve(async (path) => {
  await tf.setBackend("cpu");
  const { network, weights, windows, targets } = await readProblem(path, { batch });
  const rows = tf.tensor3d(windows, [batch, SAMPLES, 1]), classes = tf.tensor2d(targets, [batch, CLASSES]);
  const optimizer = tf.train.adam(
    ADAM.learningRate,
    ADAM.beta1,
    ADAM.beta2,
    ADAM.epsilon,
  );
  const variables = Object.values(weights);
  return {
    about: `version ${tf.version.tfjs}`,
    step() {
      const loss = optimizer.minimize(
        () => {
          const features = forward(network.encoder, { rows, training: true });
          const logits = forward(network.head, { rows: features, training: true });
          return tf.losses.softmaxCrossEntropy(classes, logits).asScalar();
        },
        true,
        variables,
      );
      return Promise.resolve(loss!.dataSync()[0]);
    },
  };
});
