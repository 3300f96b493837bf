/** Losses, metrics, regularizers and constraints of TensorFlow.js as programs, against the `cpu` backend. */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../../src/onnx/programs/compile.ts";
import { assertClose, floatsOf } from "../../reference.ts";

type Compare = (labels: tf.Tensor, predictions: tf.Tensor) => tf.Tensor;

const SHAPE = [4, 3];
const CLASSES = Float32Array.of(1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1);
/** Shares of each row that sum to 1. */
const SHARES = Float32Array.of(0.7, 0.2, 0.1, 0.3, 0.3, 0.4, 0.5, 0.2, 0.3, 0.15, 0.25, 0.6);

/** What a program and the `cpu` backend make of the same numbers. */
async function assertAgree(
  fn: (inputs: Record<string, tf.Tensor>) => Record<string, tf.Tensor>,
  { labels, predictions }: { readonly labels: Float32Array; readonly predictions: Float32Array },
): Promise<void> {
  const [labelShape, shape] = [labels, predictions].map(({ length }) => length === 12 ? SHAPE : [length, 1]);
  const program = await compile(fn, { inputs: { labels: labelShape, predictions: shape } });
  const actual = await program.run({ labels, predictions });
  await program.dispose();
  tf.tidy(() => {
    const expected = fn({
      labels: tf.tensor(labels, labelShape),
      predictions: tf.tensor(predictions, shape),
    });
    for (const [name, tensor] of Object.entries(expected)) {
      assertClose(actual[name], tensor.dataSync(), { what: name });
    }
  });
}

const withGradient = (loss: Compare) => ({ labels, predictions }: Record<string, tf.Tensor>) => ({
  loss: loss(labels, predictions),
  gradient: tf.grad((predictions) => tf.sum(loss(labels, predictions)))(predictions),
});

/** The losses that a model of layers knows by name. */
const LAYER_LOSSES = [
  "binaryCrossentropy",
  "categoricalCrossentropy",
  "categoricalHinge",
  "cosineProximity",
  "hinge",
  "kullbackLeiblerDivergence",
  "logcosh",
  "meanAbsoluteError",
  "meanAbsolutePercentageError",
  "meanSquaredError",
  "meanSquaredLogarithmicError",
  "poisson",
  "squaredHinge",
] as const;

/** The function behind a loss's name. */
function lossOf(name: string): Compare {
  const input = tf.input({ shape: [3] });
  const model = tf.model({
    inputs: input,
    outputs: tf.layers.dense({ units: 3 }).apply(input) as tf.SymbolicTensor,
  });
  model.compile({ loss: name, optimizer: "sgd" });
  return (labels, predictions) => model.lossFunctions[0](labels, predictions);
}

for (const name of LAYER_LOSSES) {
  Deno.test(`compile() runs the loss ${name} of layers and its gradient as TensorFlow.js does`, async () => {
    await assertAgree(withGradient(lossOf(name)), { labels: CLASSES, predictions: SHARES });
  });
}

Deno.test("compile() runs the loss sparseCategoricalCrossentropy of layers and its gradient as TensorFlow.js does", async () => {
  const loss = lossOf("sparseCategoricalCrossentropy");
  await assertAgree(withGradient(loss), { labels: Float32Array.of(0, 2, 1, 2), predictions: SHARES });
});

const REDUCTIONS = [
  tf.Reduction.NONE,
  tf.Reduction.MEAN,
  tf.Reduction.SUM,
  tf.Reduction.SUM_BY_NONZERO_WEIGHTS,
];
const LOSSES: Record<
  string,
  (labels: tf.Tensor, predictions: tf.Tensor, weights: tf.Tensor, reduction: tf.Reduction) => tf.Tensor
> = {
  absoluteDifference: tf.losses.absoluteDifference,
  computeWeightedLoss: (_, predictions, weights, reduction) =>
    tf.losses.computeWeightedLoss(tf.square(predictions), weights, reduction),
  cosineDistance: (labels, predictions, weights, reduction) =>
    tf.losses.cosineDistance(labels, predictions, 1, tf.slice(weights, [0, 0], [4, 1]), reduction),
  hingeLoss: tf.losses.hingeLoss,
  huberLoss: (labels, predictions, weights, reduction) =>
    tf.losses.huberLoss(labels, tf.mul(predictions, 3), weights, 1, reduction),
  logLoss: (labels, predictions, weights, reduction) =>
    tf.losses.logLoss(labels, predictions, weights, 1e-7, reduction),
  meanSquaredError: tf.losses.meanSquaredError,
  sigmoidCrossEntropy: (labels, predictions, weights, reduction) =>
    tf.losses.sigmoidCrossEntropy(labels, predictions, weights, 0.1, reduction),
  softmaxCrossEntropy: (labels, predictions, weights, reduction) =>
    tf.losses.softmaxCrossEntropy(
      labels,
      predictions,
      tf.reshape(tf.slice(weights, [0, 0], [4, 1]), [4]),
      0.1,
      reduction,
    ),
};

for (const [name, loss] of Object.entries(LOSSES)) {
  Deno.test(`compile() runs tf.losses.${name} with weights and its gradient in each reduction as TensorFlow.js does`, async () => {
    for (const reduction of REDUCTIONS) {
      const weights = tf.tensor([1, 0, 2, 0.5, 0, 1, 1, 3, 0, 2, 1, 1], SHAPE);
      const weighted = (labels: tf.Tensor, predictions: tf.Tensor) =>
        loss(labels, predictions, weights, reduction);
      await assertAgree(withGradient(weighted), { labels: CLASSES, predictions: SHARES });
    }
  });
}

const METRICS: Record<string, Compare> = {
  binaryAccuracy: tf.metrics.binaryAccuracy,
  binaryCrossentropy: tf.metrics.binaryCrossentropy,
  categoricalAccuracy: tf.metrics.categoricalAccuracy,
  categoricalCrossentropy: tf.metrics.categoricalCrossentropy,
  cosineProximity: tf.metrics.cosineProximity,
  meanAbsoluteError: tf.metrics.meanAbsoluteError,
  meanAbsolutePercentageError: tf.metrics.meanAbsolutePercentageError,
  meanSquaredError: tf.metrics.meanSquaredError,
  precision: (labels, predictions) => tf.metrics.precision(labels, tf.round(predictions)),
  r2Score: tf.metrics.r2Score,
  recall: (labels, predictions) => tf.metrics.recall(labels, tf.round(predictions)),
};

for (const [name, metric] of Object.entries(METRICS)) {
  Deno.test(`compile() runs the metric ${name} as TensorFlow.js does`, async () => {
    const measured = ({ labels, predictions }: Record<string, tf.Tensor>) => ({
      metric: metric(labels, predictions),
    });
    await assertAgree(measured, { labels: CLASSES, predictions: SHARES });
  });
}

Deno.test("compile() runs the metric sparseCategoricalAccuracy as TensorFlow.js does", async () => {
  const measured = ({ labels, predictions }: Record<string, tf.Tensor>) => ({
    metric: tf.metrics.sparseCategoricalAccuracy(labels, predictions),
  });
  await assertAgree(measured, { labels: Float32Array.of(0, 1, 1, 2), predictions: SHARES });
});

const REGULARIZERS = {
  l1: tf.regularizers.l1({ l1: 0.1 }),
  l2: tf.regularizers.l2({ l2: 0.2 }),
  l1l2: tf.regularizers.l1l2({ l1: 0.1, l2: 0.2 }),
} as const;

for (const [name, regularizer] of Object.entries(REGULARIZERS)) {
  Deno.test(`compile() runs the regularizer ${name} and its gradient as TensorFlow.js does`, async () => {
    const penalty = (_: tf.Tensor, weights: tf.Tensor) => regularizer.apply(weights);
    const predictions = floatsOf({ shape: SHAPE }).with(3, 0);
    await assertAgree(withGradient(penalty), { labels: CLASSES, predictions });
  });
}

const CONSTRAINTS = {
  maxNorm: tf.constraints.maxNorm({ maxValue: 1, axis: 0 }),
  minMaxNorm: tf.constraints.minMaxNorm({ minValue: 0.5, maxValue: 1.5, rate: 0.7, axis: 1 }),
  nonNeg: tf.constraints.nonNeg(),
  unitNorm: tf.constraints.unitNorm({ axis: 0 }),
} as const;

for (const [name, constraint] of Object.entries(CONSTRAINTS)) {
  Deno.test(`compile() runs the constraint ${name} as TensorFlow.js does`, async () => {
    const held = ({ predictions }: Record<string, tf.Tensor>) => ({ weights: constraint.apply(predictions) });
    await assertAgree(held, { labels: CLASSES, predictions: floatsOf({ shape: SHAPE }) });
  });
}
