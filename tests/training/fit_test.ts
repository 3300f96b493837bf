import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compileStep, type Step } from "../../src/onnx/programs/step.ts";
import { fit, type FitOptions, type FitProgress } from "../../src/training/fit.ts";
import { sgd } from "../../src/training/optimizers/sgd.ts";

/** A step that counts itself in a variable and gives the losses of a list. */
function counting(losses: readonly number[]): { step: Step; weight: tf.Variable } {
  const weight = tf.variable(tf.scalar(0));
  let taken = 0;
  const step: Step = {
    run() {
      weight.assign(tf.scalar(++taken));
      return Promise.resolve({ loss: losses[(taken - 1) % losses.length] });
    },
    dispose: () => Promise.resolve(),
  };
  return { step, weight };
}

const options = (step: Step): FitOptions => ({
  step,
  steps: 10,
  stepsPerEpoch: 4,
  every: 2,
  rows: () => ({ inputs: {}, weights: new Float32Array(1) }),
  learningRate: (index) => 1 / (index + 1),
});

Deno.test("fit() without validation takes all steps and keeps the last weights", async () => {
  const { step, weight } = counting([4, 2]);
  const { summary, history } = await fit({ ...options(step), steps: 5 });
  assert.equal(weight.dataSync()[0], 5);
  assert.deepEqual(summary, {
    steps: 5,
    epochs: 1.25,
    converged: true,
    stopped: "fixed",
    bestStep: 5,
    trainLoss: 4,
    validationLoss: null,
  });
  assert.deepEqual(history, [
    { step: 2, epoch: 0.5, learningRate: 1 / 2, trainLoss: 3 },
    { step: 4, epoch: 1, learningRate: 1 / 4, trainLoss: 3 },
    { step: 5, epoch: 1.25, learningRate: 1 / 5, trainLoss: 4 },
  ]);
});

Deno.test("fit() stops by patience after minSteps and puts the best weights back", async () => {
  const { step, weight } = counting([1]);
  const validationLosses = [5, 3, 4, 4, 4];
  const { summary, history } = await fit({
    ...options(step),
    steps: 100,
    validation: {
      loss: () => Promise.resolve(validationLosses[weight.dataSync()[0] / 2 - 1]),
      variables: [weight],
      patience: 2,
      minSteps: 6,
    },
  });
  // Evaluations at 2, 4, 6, 8, 10: the best at 4; those at 8 and 10 are counted.
  assert.equal(weight.dataSync()[0], 4);
  assert.deepEqual([summary.steps, summary.stopped, summary.bestStep, summary.validationLoss], [
    10,
    "patience",
    4,
    3,
  ]);
  assert.equal(summary.converged, true);
  assert.deepEqual(history.map((line) => line.validationLoss), validationLosses);
});

Deno.test("fit() keeps the best weights when its limit comes first", async () => {
  const { step, weight } = counting([1]);
  const { summary } = await fit({
    ...options(step),
    validation: {
      loss: () => Promise.resolve(20 - weight.dataSync()[0]),
      variables: [weight],
      patience: 3,
      minSteps: 2,
    },
  });
  assert.deepEqual([summary.stopped, summary.converged, summary.bestStep, weight.dataSync()[0]], [
    "limit",
    false,
    10,
    10,
  ]);
});

Deno.test("fit() tells how far it is", async () => {
  const { step, weight } = counting([7]);
  const seen: FitProgress[] = [];
  await fit({
    ...options(step),
    steps: 3,
    validation: { loss: () => Promise.resolve(2), variables: [weight], patience: 9, minSteps: 1 },
    progress: (progress) => seen.push(progress),
  });
  assert.deepEqual(seen, [
    { step: 1, steps: 3, loss: 7, validation: null },
    { step: 2, steps: 3, loss: 7, validation: 2 },
    { step: 3, steps: 3, loss: 7, validation: 2 },
  ]);
});

Deno.test("fit() refuses to go on with a loss that is not finite", async () => {
  const { step } = counting([1, 1, NaN]);
  await assert.rejects(fit(options(step)), {
    name: "RangeError",
    message: "Cannot go on training: the loss must be finite, got NaN at step 3",
  });
});

Deno.test("fit() runs a compiled step down to the least squares", async () => {
  const slope = tf.variable(tf.scalar(0)), offset = tf.variable(tf.scalar(0));
  const step = await compileStep({
    loss: ({ x, y }, weights) => x.mul(slope).add(offset).sub(y).square().mul(weights).sum().asScalar(),
    variables: [slope, offset],
    optimizer: sgd({ momentum: 0 }),
    inputs: { x: [], y: [] },
    batch: 4,
    microBatch: 4,
  });
  const inputs = { x: Float32Array.of(-1, 0, 1, 2), y: Float32Array.of(-3, -1, 1, 3) };
  const { summary } = await fit({
    ...options(step),
    steps: 200,
    rows: () => ({ inputs, weights: new Float32Array(4).fill(0.25) }),
    learningRate: () => 0.1,
  });
  assert.ok(Math.abs(slope.dataSync()[0] - 2) < 1e-4 && Math.abs(offset.dataSync()[0] + 1) < 1e-4);
  assert.equal(summary.converged, true);
  await step.dispose();
});
