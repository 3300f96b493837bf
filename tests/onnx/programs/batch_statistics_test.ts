/** Steps of training whose micro-batches are batches of their own, and steps that are the same in any number of micro-batches. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compileStep, type StepInputs } from "../../../src/onnx/programs/step.ts";
import type { Optimizer, StepOptions } from "../../../src/onnx/programs/step_options.ts";
import { createRandom } from "../../../src/onnx/random/random.ts";
import { assertClose, floatsOf } from "../reference.ts";

const descent: Optimizer = {
  create: (variables) => (gradients, learningRate) =>
    variables.forEach((variable, index) =>
      variable.assign(tf.sub(variable, tf.mul(learningRate, gradients[index])))
    ),
};

const SAMPLES = 10;

const rowsOf = (rows: number, seed: number): StepInputs => ({
  inputs: {
    x: floatsOf({ shape: [rows, SAMPLES, 1], from: -1 - seed / 3, to: 1 + seed / 5 }),
    y: floatsOf({ shape: [rows, 2], to: 1 + seed / 7 }),
  },
  weights: Float32Array.from({ length: rows }, (_, row) => (1 + row % 3) / rows),
  learningRate: 0.1,
});

/** A small network; every call has the same first weights. */
function networkOf(layers: tf.layers.Layer[]): tf.LayersModel {
  const constant = (value: number) => tf.initializers.constant({ value });
  const model = tf.sequential({
    layers: [
      tf.layers.conv1d({
        filters: 3,
        kernelSize: 3,
        kernelInitializer: constant(0.2),
        inputShape: [SAMPLES, 1],
      }),
      ...layers,
      tf.layers.globalMaxPooling1d(),
      tf.layers.dense({ units: 2, kernelInitializer: constant(0.3) }),
    ],
  });
  model.trainableWeights.forEach((weight, index) => {
    const variable = weight.read() as tf.Variable, { shape } = variable;
    tf.tidy(() => variable.assign(tf.tensor(floatsOf({ shape, from: -0.4 - index / 10, to: 0.5 }), shape)));
  });
  return model;
}

const weightsOf = (model: tf.LayersModel) =>
  model.weights.map((weight) => Float32Array.from(weight.read().dataSync()));

function stepOptions(model: tf.LayersModel): StepOptions {
  return {
    loss({ x, y }, weights) {
      const outputs = model.apply(x, { training: true }) as tf.Tensor;
      return tf.sum(tf.mul(weights, tf.sum(tf.squaredDifference(outputs, y), 1))) as tf.Scalar;
    },
    penalty: () => {
      const kernel = model.trainableWeights[0].read();
      return tf.mul(0.01, tf.sum(tf.square(kernel))) as tf.Scalar;
    },
    variables: model.trainableWeights.map((weight) => weight.read() as tf.Variable),
    optimizer: descent,
    inputs: { x: [SAMPLES, 1], y: [2] },
    batch: 8,
    microBatch: 8,
  };
}

/** The same step by TensorFlow.js itself: the gradients of micro-batches, each by itself, and of the penalty, added up. */
function eagerStep(options: StepOptions, { inputs, weights, learningRate }: StepInputs): number {
  return tf.tidy(() => {
    const sums = options.variables.map((variable) => tf.zerosLike(variable));
    let loss = 0;
    const add = (part: () => tf.Scalar) => {
      const { value, grads } = tf.variableGrads(part, options.variables);
      loss += value.dataSync()[0];
      options.variables.forEach((variable, index) => {
        const gradient = grads[variable.name];
        if (gradient) sums[index] = tf.add(sums[index], gradient);
      });
    };
    for (let first = 0; first < weights.length; first += options.microBatch) {
      const part = weights.subarray(first, first + options.microBatch), rows = part.length;
      const tensors = Object.entries(options.inputs).map(([name, shape]) => {
        const columns = shape.reduce((product, length) => product * length, 1);
        const values = inputs[name].subarray(first * columns, (first + rows) * columns);
        return [name, tf.tensor(values, [rows, ...shape])];
      });
      add(() => options.loss(Object.fromEntries(tensors), tf.tensor1d(part)));
    }
    add(options.penalty!);
    options.optimizer.create(options.variables)(sums, tf.scalar(learningRate));
    return loss;
  });
}

async function agreesWithEager(
  layers: () => tf.layers.Layer[],
  changes: Partial<StepOptions>,
): Promise<void> {
  const expected = networkOf(layers()), actual = networkOf(layers());
  const reference = { ...stepOptions(expected), ...changes };
  const step = await compileStep({ ...stepOptions(actual), ...changes });
  for (const [index, rows] of [8, 5, 8, 3, 5].entries()) {
    const given = rowsOf(rows, index), { loss } = await step.run(given);
    assertClose([loss], [eagerStep(reference, given)], { what: `loss of ${rows} rows` });
  }
  const numbers = weightsOf(actual);
  weightsOf(expected).forEach((values, index) =>
    assertClose(numbers[index], values, { what: `weight ${index}` })
  );
  await step.dispose();
}

const normalization = () => [tf.layers.batchNormalization({ momentum: 0.7 })];

Deno.test("compileStep() takes the statistics of the rows that there are, also of a batch that is not full", async () => {
  await agreesWithEager(normalization, {});
});

Deno.test("compileStep() takes each micro-batch for a batch of its own when told so, running averages included", async () => {
  await agreesWithEager(normalization, { microBatch: 3, batchStatistics: "micro-batch" });
});

for (const microBatch of [8, 5, 3, 2, 1]) {
  Deno.test(`compileStep() with micro-batches of ${microBatch} learns from layer normalization as from the whole batch`, async () => {
    // TensorFlow.js itself learns from the whole batch at once.
    const layers = () => [tf.layers.layerNormalization()];
    const expected = networkOf(layers()), actual = networkOf(layers());
    const step = await compileStep({ ...stepOptions(actual), microBatch });
    for (const [index, rows] of [8, 7, 1].entries()) {
      const given = rowsOf(rows, index), { loss } = await step.run(given);
      assertClose([loss], [eagerStep(stepOptions(expected), given)], { what: `loss of ${rows} rows` });
    }
    const numbers = weightsOf(actual);
    weightsOf(expected).forEach((values, index) =>
      assertClose(numbers[index], values, { what: `weight ${index}` })
    );
    await step.dispose();
  });
}

Deno.test("compileStep() drops and adds the same in micro-batches of any size", async () => {
  const learn = async (microBatch: number) => {
    const model = networkOf([
      tf.layers.gaussianNoise({ stddev: 0.1 }),
      tf.layers.spatialDropout1d({ rate: 0.3 }),
      tf.layers.dropout({ rate: 0.5 }),
    ]);
    const random = createRandom(0x2545f4914f6cdd1dn);
    const step = await compileStep({ ...stepOptions(model), microBatch, random });
    const losses: number[] = [];
    for (const [index, rows] of [8, 5, 8].entries()) losses.push((await step.run(rowsOf(rows, index))).loss);
    await step.dispose();
    return { losses, weights: weightsOf(model), counter: random.counter };
  };
  const whole = await learn(8);
  // Noise of 8 samples, 3 channels and two words, dropout of channels, and dropout: for 8 rows, in each of three steps.
  assert.equal(whole.counter, 3n * 8n * BigInt(8 * 3 * 2 + 3 + 8 * 3));
  for (const microBatch of [4, 3, 2]) {
    const { losses, weights, counter } = await learn(microBatch);
    assertClose(losses, whole.losses, { what: `losses in micro-batches of ${microBatch}` });
    whole.weights.forEach((values, index) =>
      assertClose(weights[index], values, { what: `weight ${index}` })
    );
    assert.equal(counter, whole.counter);
  }
});

Deno.test("compileStep() goes on from a counter that is given back, in micro-batches too", async () => {
  const layers = () => [tf.layers.dropout({ rate: 0.5 })];
  const model = networkOf(layers()), random = createRandom(0x2545f4914f6cdd1dn);
  const step = await compileStep({ ...stepOptions(model), microBatch: 3, random });
  await step.run(rowsOf(8, 0));
  const { counter } = random, weights = weightsOf(model);
  const { loss } = await step.run(rowsOf(8, 1));
  await step.dispose();
  const resumed = networkOf(layers());
  resumed.setWeights(weights.map((values, index) => tf.tensor(values, model.weights[index].read().shape)));
  const again = { key: random.key, counter };
  const other = await compileStep({ ...stepOptions(resumed), microBatch: 3, random: again });
  assert.deepEqual(await other.run(rowsOf(8, 1)), { loss });
  assert.deepEqual(weightsOf(resumed), weightsOf(model));
  assert.equal(again.counter, random.counter);
  await other.dispose();
});

Deno.test("compileStep() compiles one program for each number of rows that look at each other, and disposes all", async () => {
  const model = networkOf(normalization());
  const step = await compileStep(stepOptions(model));
  for (const rows of [8, 5, 5, 8]) await step.run(rowsOf(rows, 0));
  await step.dispose();
  for (const rows of [8, 4]) {
    await assert.rejects(step.run(rowsOf(rows, 0)), { message: /must not be disposed/ });
  }
});
