/**
 * The file of a linear classifier of features.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { exportOnnx } from "../onnx/files/export.ts";
import type { LogisticRegression } from "./logistic.ts";
import { CLASSES_KEY } from "./save.ts";
import type { Scaling } from "./scaling.ts";

/** The key of the metadata that says as JSON what the features are. */
export const FEATURES_KEY = "features";

/** The names of the weights in the file. */
export const TABULAR_WEIGHTS = ["median", "mean", "deviation", "kernel", "bias"] as const;

/** The weights of a linear classifier: `[features]` thrice, `[features, classes]`, `[classes]`. */
export type TabularWeights<Tensor extends tf.Tensor = tf.Tensor> = Readonly<
  Record<typeof TABULAR_WEIGHTS[number], Tensor>
>;

/** The probabilities `[batch, classes]` of features `[batch, features]`: NaN filled, scaled, and weighed. */
export function tabularProbabilities(
  features: tf.Tensor,
  { median, mean, deviation, kernel, bias }: TabularWeights,
): tf.Tensor {
  const filled = tf.where(tf.isNaN(features), median, features);
  return tf.softmax(filled.sub(mean).div(deviation).matMul(kernel).add(bias));
}

/** Scaling and regression as one file, `features` to `probabilities`. */
export function saveTabular(
  { scaling, regression }: { scaling: Scaling; regression: LogisticRegression },
  { classes, metadata }: { classes: readonly string[]; metadata: Readonly<Record<string, string>> },
): Uint8Array {
  const columns = scaling.medians.length;
  const weights: TabularWeights<tf.Variable> = {
    median: variable(scaling.medians, [columns]),
    mean: variable(scaling.means, [columns]),
    deviation: variable(scaling.deviations, [columns]),
    kernel: variable(regression.kernel, [columns, classes.length]),
    bias: variable(regression.bias, [classes.length]),
  };
  const model = exportOnnx(
    ({ features }) => ({ probabilities: tabularProbabilities(features, weights) }),
    {
      inputs: { features: [null, columns] },
      weights,
      metadata: { ...metadata, [CLASSES_KEY]: JSON.stringify(classes) },
    },
  );
  for (const weight of Object.values(weights)) weight.dispose();
  return model;
}

function variable(values: Float64Array, shape: number[]): tf.Variable {
  return tf.variable(tf.tensor(Float32Array.from(values), shape, "float32"));
}
