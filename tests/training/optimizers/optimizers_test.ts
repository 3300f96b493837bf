import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import type { Optimizer } from "../../../src/onnx/programs/step_options.ts";
import { adam } from "../../../src/training/optimizers/adam.ts";
import { sgd } from "../../../src/training/optimizers/sgd.ts";
import { loadOptimizer, OPTIMIZERS, optimizerSchema } from "../../../src/training/optimizers/table.ts";
import golden from "../../golden/training/adamw.json" with { type: "json" };

const START = [[1, -2, 0.5], [0.25]];

/** Six steps down a bowl whose gradient is not linear, with the gradients that each optimizer meets on its own way. */
function descend(step: (variables: tf.Variable[], gradients: tf.Tensor[]) => void): number[] {
  const variables = START.map((values) => tf.variable(tf.tensor1d(values)));
  const gradientsOf = tf.grads((...[a, b]: tf.Tensor[]) => tf.add(a.pow(4).sum(), a.mul(b).square().sum()));
  for (let count = 0; count < 6; count++) step(variables, gradientsOf(variables));
  return variables.flatMap((variable) => [...variable.dataSync()]);
}

function ours(optimizer: Optimizer, learningRate: number): number[] {
  let update: ReturnType<Optimizer["create"]> | undefined;
  return descend((variables, gradients) => {
    update ??= optimizer.create(variables);
    update(gradients, tf.scalar(learningRate));
  });
}

function theirs(optimizer: tf.Optimizer): number[] {
  return descend((variables, gradients) =>
    optimizer.applyGradients(
      variables.map((variable, index) => ({ name: variable.name, tensor: gradients[index] })),
    )
  );
}

function assertClose(actual: readonly number[], expected: readonly number[], tolerance = 1e-6): void {
  actual.forEach((value, index) =>
    assert.ok(Math.abs(value - expected[index]) <= tolerance * Math.max(1, Math.abs(expected[index])))
  );
  assert.equal(actual.length, expected.length);
}

Deno.test("adam() takes the steps of tfjs", () => {
  const parameters = { beta1: 0.8, beta2: 0.99, epsilon: 1e-7 };
  assertClose(ours(adam(parameters), 0.05), theirs(tf.train.adam(0.05, 0.8, 0.99, 1e-7)));
});

Deno.test("sgd() takes the steps of tfjs, with and without momentum", () => {
  assertClose(ours(sgd({ momentum: 0 }), 0.01), theirs(tf.train.sgd(0.01)));
  assertClose(ours(sgd({ momentum: 0.9 }), 0.005), theirs(tf.train.momentum(0.005, 0.9)));
});

Deno.test("adam() with weight decay takes the steps of PyTorch's AdamW", () => {
  const variable = tf.variable(tf.tensor1d(golden.start));
  const update = adam({ beta1: 0.8, beta2: 0.95, epsilon: 1e-6, weightDecay: 0.1 }).create([variable]);
  golden.gradients.forEach((gradient, index) => {
    update([tf.tensor1d(gradient)], tf.scalar(golden.rates[index]));
    assertClose([...variable.dataSync()], golden.after[index], 5e-6);
  });
});

Deno.test("an optimizer leaves no tensor behind but its state", () => {
  const variable = tf.variable(tf.tensor1d([1, 2]));
  const update = adam({ beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }).create([variable]);
  const gradient = tf.tensor1d([1, 1]), rate = tf.scalar(0.1);
  update([gradient], rate);
  const before = tf.memory().numTensors;
  update([gradient], rate);
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("every optimizer loads with its defaults", async () => {
  for (const kind of Object.keys(OPTIMIZERS)) {
    const optimizer = await loadOptimizer(optimizerSchema.parse({ kind }));
    const variable = tf.variable(tf.tensor1d([1]));
    optimizer.create([variable])([tf.tensor1d([1])], tf.scalar(0.1));
    assert.ok(variable.dataSync()[0] < 1, kind);
  }
  assert.deepEqual(optimizerSchema.parse({ kind: "adam" }), {
    kind: "adam",
    learningRate: 1e-3,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
  });
  assert.equal(optimizerSchema.safeParse({ kind: "adam", momentum: 0.9 }).success, false);
});
