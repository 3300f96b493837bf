/**
 * The arm `heart-rate`.
 *
 * @module
 */
import type { FitSummary } from "../training/fit.ts";
import type { Arm, ArmFit, ArmRequest } from "./arm.ts";
import { classWeights } from "./class_weights.ts";
import { crossEntropy } from "./cross_entropy.ts";
import { heartRateSchema } from "./heart_rate_schema.ts";
import { HRV_COLUMNS } from "./hrv_features.ts";
import { type LabelledRows, rowsOfRole } from "./labelled_rows.ts";
import { fitLogistic, type LogisticRegression } from "./logistic.ts";
import { fitScaling, scaleRows, type Scaling } from "./scaling.ts";
import { FEATURES_KEY, saveTabular } from "./tabular.ts";

/**
 * Logistic regression on heart rate and its variability: what is known without any network.
 *
 * Reads `features`, the table of {@link hrvFeatures}, and no window: R-peaks are found before, by a search that has no place in
 * an ONNX graph, so its model goes from `features` to `probabilities` and says in its metadata what the features are. What is
 * missing in a window that has too few beats is the median of the training rows; then columns have mean 0 and deviation 1 over the training rows.
 *
 * Learns from the training labels alone: there is nothing to choose by the others, for which it gives its loss. Classes weigh as
 * `transfer.classWeights` says. Random numbers have no part in it.
 */
export const heartRate: Arm = {
  fit: (request) => Promise.resolve(request).then(fitHeartRate),
};

function fitHeartRate(request: ArmRequest): ArmFit {
  const { labels, classes, features, transfer, metadata } = request;
  const { centre, inversePenalty, features: kind } = heartRateSchema.strip().parse(request.parameters ?? {});
  const training = rowsOfRole(labels, "train"), validating = rowsOfRole(labels, "validation");
  if (training.rows.length === 0) {
    throw new RangeError("Cannot fit heart-rate: there must be labels to train on, got none");
  }
  if (features === undefined) {
    throw new RangeError("Cannot fit heart-rate: it must be given features, got none");
  }
  if (features.columns !== HRV_COLUMNS.length) {
    throw new TypeError(
      `Cannot fit heart-rate: its features must be ${
        HRV_COLUMNS.join(", ")
      }, got ${features.columns} columns`,
    );
  }
  const weigh = ({ classes: own }: LabelledRows) =>
    classWeights(own, { classes: classes.length, rule: transfer.classWeights });
  const rows = features.read(training.rows), scaling = fitScaling(rows, features);
  const regression = fitLogistic({
    rows: scaleRows(rows, scaling),
    columns: features.columns,
    labels: training.classes,
    weights: weigh(training),
    inversePenalty,
  });
  const lossOn = (labelled: LabelledRows) =>
    crossEntropy(logitsOf(features.read(labelled.rows), { scaling, regression }), {
      classes: labelled.classes,
      weights: weigh(labelled),
    });
  const summary: FitSummary = {
    steps: regression.steps,
    epochs: regression.steps,
    converged: regression.converged,
    stopped: regression.converged ? "fixed" : "limit",
    bestStep: regression.steps,
    trainLoss: lossOn(training),
    validationLoss: validating.rows.length === 0 ? null : lossOn(validating),
  };
  const model = saveTabular({ scaling, regression }, {
    classes,
    metadata: { ...metadata, [FEATURES_KEY]: JSON.stringify({ kind, columns: HRV_COLUMNS, centre }) },
  });
  return { model, history: [], summary };
}

/** The logits of rows, `[rows, classes]`. */
function logitsOf(
  rows: Float32Array,
  { scaling, regression: { kernel, bias } }: { scaling: Scaling; regression: LogisticRegression },
): Float64Array {
  const scaled = scaleRows(rows, scaling), columns = scaling.medians.length, classes = bias.length;
  const logits = new Float64Array(scaled.length / columns * classes);
  logits.forEach((_, index) => {
    const row = Math.floor(index / classes), label = index % classes;
    let sum = bias[label];
    for (let column = 0; column < columns; column++) {
      sum += scaled[row * columns + column] * kernel[column * classes + label];
    }
    logits[index] = sum;
  });
  return logits;
}
