import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compileStep, type Step } from "../../../src/onnx/programs/step.ts";
import type { Optimizer, StepOptions } from "../../../src/onnx/programs/step_options.ts";
import { createRandom } from "../../../src/onnx/random/random.ts";
import { assertClose, floatsOf } from "../reference.ts";

const momentum: Optimizer = {
  create(variables) {
    const speeds = variables.map((variable) => tf.variable(tf.zeros(variable.shape), false));
    return (gradients, learningRate) =>
      variables.forEach((variable, index) => {
        speeds[index].assign(tf.add(tf.mul(speeds[index], 0.9), gradients[index]));
        variable.assign(tf.sub(variable, tf.mul(learningRate, speeds[index])));
      });
  },
};

const ROWS = { x: [6, 2], y: [3] };

/** A small convolutional network with a penalty; every call has the same first weights. */
function task(): StepOptions {
  const kernel = tf.variable(tf.tensor(floatsOf({ shape: [3, 2, 4], from: -0.5, to: 0.5 }), [3, 2, 4]));
  const dense = tf.variable(tf.tensor(floatsOf({ shape: [4, 3], from: -0.5, to: 0.5 }), [4, 3]));
  const unused = tf.variable(tf.ones([2]));
  return {
    variables: [kernel, dense, unused],
    loss({ x, y }, weights) {
      const hidden = tf.leakyRelu(tf.conv1d(x as tf.Tensor3D, kernel as tf.Tensor3D, 1, "same"));
      const logits = tf.matMul(tf.mean(hidden, 1), dense);
      const losses = tf.sum(tf.squaredDifference(logits, y), 1);
      return tf.sum(tf.mul(weights, losses)) as tf.Scalar;
    },
    penalty: () => tf.mul(0.01, tf.add(tf.sum(tf.square(kernel)), tf.sum(tf.square(dense)))) as tf.Scalar,
    optimizer: momentum,
    inputs: ROWS,
    batch: 8,
    microBatch: 8,
  };
}

const rowsOf = (rows: number, seed = 0) => ({
  inputs: {
    x: floatsOf({ shape: [rows, 6, 2], from: -1 - seed, to: 1 }),
    y: floatsOf({ shape: [rows, 3], to: 2 + seed }),
  },
  weights: new Float32Array(rows).fill(1 / rows),
  learningRate: 0.1,
});

/** The same step by TensorFlow.js itself, on exactly the given rows. */
function eager(options: StepOptions) {
  const update = options.optimizer.create(options.variables);
  return ({ inputs, weights, learningRate }: ReturnType<typeof rowsOf>) =>
    tf.tidy(() => {
      const total = () =>
        tf.add(
          options.loss({
            x: tf.tensor(inputs.x, [weights.length, 6, 2]),
            y: tf.tensor(inputs.y, [weights.length, 3]),
          }, tf.tensor1d(weights)),
          options.penalty!(),
        ) as tf.Scalar;
      const { value, grads } = tf.variableGrads(total, options.variables);
      update(
        options.variables.map((variable) => grads[variable.name] ?? tf.zerosLike(variable)),
        tf.scalar(learningRate),
      );
      return value.dataSync()[0];
    });
}

const values = (options: StepOptions) => options.variables.map((variable) => variable.dataSync());

for (const microBatch of [8, 3, 1]) {
  Deno.test(`compileStep() with micro-batches of ${microBatch} agrees with TensorFlow.js on the whole batch`, async () => {
    const expected = task(), actual = { ...task(), microBatch };
    const reference = eager(expected);
    const step = await compileStep(actual);
    for (const [index, rows] of [8, 5, 1, 8, 3].entries()) {
      const { loss } = await step.run(rowsOf(rows, index));
      assertClose([loss], [reference(rowsOf(rows, index))], { what: `loss of ${rows} rows` });
    }
    values(actual).forEach((numbers, index) =>
      assertClose(numbers, values(expected)[index], { what: `variable ${index}` })
    );
    await step.dispose();
  });
}

Deno.test("Step.run() keeps the micro-batches of steps that are started at once apart", async () => {
  const options = { ...task(), microBatch: 3 }, other = { ...task(), microBatch: 3 };
  const together = await compileStep(options), apart = await compileStep(other);
  const losses = await Promise.all([together.run(rowsOf(8, 0)), together.run(rowsOf(7, 1))]);
  const expected = [await apart.run(rowsOf(8, 0)), await apart.run(rowsOf(7, 1))];
  assert.deepEqual(losses, expected);
  assert.deepEqual(values(options), values(other));
  await Promise.all([together.dispose(), apart.dispose()]);
});

Deno.test("compileStep() takes the learning rate anew in each run", async () => {
  const options = task();
  const step = await compileStep(options);
  const before = values(options);
  await step.run({ ...rowsOf(8), learningRate: 0 });
  assert.deepEqual(values(options), before);
  await step.run({ ...rowsOf(8), learningRate: 0.1 });
  assert.notDeepEqual(values(options)[0], before[0]);
  await step.dispose();
});

Deno.test("compileStep() pads with rows that a loss can bear", async () => {
  const slope = tf.variable(tf.scalar(1));
  const step = await compileStep({
    loss: ({ x }, weights) => tf.sum(tf.mul(weights, tf.log(tf.mul(x, slope)))) as tf.Scalar,
    variables: [slope],
    optimizer: momentum,
    inputs: { x: [] },
    batch: 4,
    microBatch: 4,
  });
  const { loss } = await step.run({
    inputs: { x: Float32Array.of(2) },
    weights: Float32Array.of(1),
    learningRate: 0.5,
  });
  assertClose([loss, slope.dataSync()[0]], [Math.log(2), 0.5]);
  await step.dispose();
});

Deno.test("compileStep() drops other units in each step, and the same from the same key", async () => {
  const learn = async () => {
    const weight = tf.variable(tf.ones([50]));
    const random = createRandom(0x2545f4914f6cdd1dn);
    const step = await compileStep({
      loss: (_, weights) => tf.mul(tf.sum(weights), tf.sum(tf.dropout(weight, 0.5))) as tf.Scalar,
      variables: [weight],
      optimizer: { create: ([w]) => ([gradient], rate) => w.assign(tf.sub(w, tf.mul(rate, gradient))) },
      inputs: {},
      batch: 2,
      microBatch: 1,
      random,
    });
    const run = async () =>
      (await step.run({ inputs: {}, weights: Float32Array.of(1, 1), learningRate: 0 })).loss;
    const losses = [await run(), await run(), await run()];
    await step.dispose();
    return { losses, counter: random.counter };
  };
  const first = await learn();
  assert.equal(new Set(first.losses).size, 3);
  assert.equal(first.counter, 300n);
  assert.deepEqual(await learn(), first);
});

Deno.test("compileStep() refuses sizes that make no step", async () => {
  await assert.rejects(compileStep({ ...task(), batch: 0 }), {
    name: "RangeError",
    message: /batch must be a whole number from 1 up, got 0/,
  });
  await assert.rejects(compileStep({ ...task(), microBatch: 1.5 }), {
    name: "RangeError",
    message: /microBatch .* got 1\.5/,
  });
});

Deno.test("compileStep() says how a loss, variables and an optimizer of another kind are given", async () => {
  const given = task();
  const refused = (options: object, message: RegExp) =>
    assert.rejects(compileStep({ ...given, ...options }), { name: "TypeError", message });
  const squares = ({ x }: Record<string, tf.Tensor>) => tf.sum(tf.square(x), [1, 2]);
  await refused(
    { loss: squares },
    /its loss must be one number, got the shape \[8\]; return the sum over rows/,
  );
  const penalty = () => tf.square(given.variables[1]);
  await refused({ penalty }, /its penalty must be one number, got the shape \[4, 3\]; add its elements up/);
  await refused({ penalty, microBatch: 4 }, /its penalty must be one number/);
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
  await refused(
    { variables: model.trainableWeights },
    /must be those of tf\.variable, got a LayerVariable; .*weight\.read\(\)/,
  );
  await refused(
    { optimizer: tf.train.sgd(1) },
    /must have a function create, got a SGDOptimizer; .*applyGrad/,
  );
});

Deno.test("compileStep() trains a model of layers with an optimizer of tf.train as TensorFlow.js does", async () => {
  const train = async (microBatch: number | undefined) => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
    model.setWeights([tf.tensor(floatsOf({ shape: [3, 2] }), [3, 2]), tf.zeros([2])]);
    const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const adam = tf.train.adam(0.1);
    const loss = ({ x }: Record<string, tf.Tensor>, weights: tf.Tensor1D) =>
      tf.sum(tf.mul(weights, tf.sum(tf.square(model.apply(x) as tf.Tensor), 1))) as tf.Scalar;
    const x = floatsOf({ shape: [4, 3] }), weights = new Float32Array(4).fill(1 / 4);
    const losses: number[] = [];
    const step = microBatch === undefined ? undefined : await compileStep({
      loss,
      variables,
      optimizer: {
        create: (variables) => (gradients) =>
          adam.applyGradients(variables.map(({ name }, i) => ({ name, tensor: gradients[i] }))),
      },
      inputs: { x: [3] },
      batch: 4,
      microBatch,
    });
    for (let count = 0; count < 5; count++) {
      if (step !== undefined) {
        losses.push((await step.run({ inputs: { x }, weights, learningRate: 0 })).loss);
      } else {
        const value = adam.minimize(() => loss({ x: tf.tensor(x, [4, 3]) }, tf.tensor1d(weights)), true);
        losses.push(value!.dataSync()[0]);
      }
    }
    await step?.dispose();
    return [...losses, ...variables.flatMap((variable) => [...variable.dataSync()]), adam.iterations];
  };
  const expected = await train(undefined);
  for (const microBatch of [4, 2]) assertClose(await train(microBatch), expected, { relative: 1e-5 });
});

Deno.test("Step.run() names what has another size", async () => {
  const step = await compileStep(task());
  const rows = rowsOf(2);
  const refused = (given: Parameters<Step["run"]>[0], message: RegExp) =>
    assert.rejects(step.run(given), { name: "TypeError", message });
  await refused({ ...rows, weights: new Float32Array(9) }, /from 1 to 8 weights, got 9/);
  await refused({ ...rows, weights: new Float32Array(0) }, /from 1 to 8 weights, got 0/);
  await refused(
    { ...rows, inputs: { x: rows.inputs.x } },
    /the input "y" must have the shape \[2, 3\], which is 6 numbers, got nothing/,
  );
  await refused({ ...rows, inputs: { ...rows.inputs, y: new Float32Array(5) } }, /"y" .* got 5/);
  await refused(
    { ...rows, inputs: { ...rows.inputs, z: new Float32Array(5) } },
    /it has the inputs x, y, got "z"/,
  );
  const plain = (values: Float32Array) => [...values] as unknown as Float32Array;
  await refused({ ...rows, weights: plain(rows.weights) }, /weights must be a Float32Array, got 2 of Array/);
  await refused({ ...rows, inputs: { ...rows.inputs, y: plain(rows.inputs.y) } }, /"y" .* got 6 of Array/);
  await assert.rejects(step.run({ ...rows, learningRate: NaN }), {
    name: "RangeError",
    message: /the learning rate must be a finite number, got NaN/,
  });
  await step.dispose();
  await assert.rejects(step.run(rows), /must not be disposed/);
});
