/**
 * The arm `majority`.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { exportOnnx } from "../onnx/files/export.ts";
import type { FitSummary } from "../training/fit.ts";
import type { Arm, ArmFit, ArmRequest } from "./arm.ts";
import { classCounts } from "./class_weights.ts";
import { rowsOfRole } from "./labelled_rows.ts";
import { CLASSES_KEY } from "./save.ts";

/** The name of the only weight. */
export const SHARES = "shares";

/** The shares `[1, classes]` for each window, `[batch, classes]`. */
export function sharesOf(windows: tf.Tensor, shares: tf.Tensor): tf.Tensor {
  // The sum of no samples makes a column as long as the batch, whatever the windows hold.
  return windows.slice([0, 0, 0], [-1, 0, -1]).sum([1, 2]).expandDims(1).add(shares);
}

/**
 * For every window the shares of the classes among the training labels: what can be had without looking.
 *
 * Its loss is their entropy in nats, -Σ p · ln p. It has nothing to iterate: no steps, and converged.
 */
export const majority: Arm = {
  fit: (request) => Promise.resolve(request).then(fitMajority),
};

function fitMajority({ labels, classes, windows, metadata }: ArmRequest): ArmFit {
  const counts = classCounts(rowsOfRole(labels, "train").classes, { classes: classes.length });
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) throw new RangeError("Cannot fit majority: there must be labels to train on, got none");
  const shares = counts.map((count) => count / total);
  const weight = tf.variable(tf.tensor2d([shares]));
  const model = exportOnnx(({ windows }) => ({ probabilities: sharesOf(windows, weight) }), {
    inputs: { windows: [null, windows.columns, 1] },
    weights: { [SHARES]: weight },
    metadata: { ...metadata, [CLASSES_KEY]: JSON.stringify(classes) },
  });
  const summary: FitSummary = {
    steps: 0,
    epochs: 0,
    converged: true,
    stopped: "fixed",
    bestStep: 0,
    trainLoss: shares.reduce((sum, share) => share > 0 ? sum - share * Math.log(share) : sum, 0),
    validationLoss: null,
  };
  return { model, history: [], summary };
}
