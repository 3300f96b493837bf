/** A model of one dense layer, written as an arm writes its own. */
import * as tf from "@tensorflow/tfjs";
import { exportOnnx } from "../../../src/onnx/files/export.ts";
import { signalSchema } from "../../../src/signal/schema.ts";

export const SAMPLES = 4;

/** What a run writes into a model whose windows are four samples at 2 Hz. */
export const METADATA: Readonly<Record<string, string>> = {
  arm: "supervised",
  dataset: "db",
  signal: JSON.stringify(
    signalSchema.parse({ lead: "II", resample: 2, highpass: false, window: { seconds: 2 } }),
  ),
  sampleRateHz: "2",
  windowSamples: String(SAMPLES),
  normalization: JSON.stringify({ scope: "subject", trim: 0.05 }),
  trainingSubjects: '["a"]',
  pretrainingDataset: "",
  pretrainingSubjects: "[]",
  classes: '["calm","stress"]',
};

/** Probabilities are the softmax of 0 and the sum of the samples: 0.5 where they sum to 0. */
export function modelFile(metadata: Readonly<Record<string, string>> = METADATA): Uint8Array {
  const kernel = tf.variable(tf.tensor2d([[0, 1], [0, 1], [0, 1], [0, 1]]));
  const model = exportOnnx(
    ({ windows }) => ({ probabilities: tf.softmax(tf.matMul(tf.squeeze(windows, [2]), kernel)) }),
    { inputs: { windows: [null, SAMPLES, 1] }, weights: { kernel }, metadata },
  );
  kernel.dispose();
  return model;
}
