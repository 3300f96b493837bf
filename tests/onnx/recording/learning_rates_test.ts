/** The optimizers of TensorFlow.js inside compiled programs. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { encode } from "../../../src/onnx/files/encode.ts";
import { compile } from "../../../src/onnx/programs/compile.ts";
import { record } from "../../../src/onnx/recording/recording.ts";
import { assertClose, floatsOf } from "../reference.ts";

const OPTIMIZERS: Record<string, (learningRate: number) => tf.Optimizer> = {
  sgd: (rate) => tf.train.sgd(rate),
  momentum: (rate) => tf.train.momentum(rate, 0.8),
  "Nesterov's momentum": (rate) => tf.train.momentum(rate, 0.8, true),
  adagrad: (rate) => tf.train.adagrad(rate),
  adadelta: (rate) => tf.train.adadelta(rate),
  adam: (rate) => tf.train.adam(rate),
  adamax: (rate) => tf.train.adamax(rate, 0.9, 0.999, undefined, 0.1),
  rmsprop: (rate) => tf.train.rmsprop(rate, 0.9, 0.5),
  "centered rmsprop": (rate) => tf.train.rmsprop(rate, 0.9, 0, 1e-4, true),
};

const RATES = [0.1, 0.1, 0.02, 0.3, 0, 0.1];

/** A linear regression and an optimizer on it. */
function task(create: (learningRate: number) => tf.Optimizer) {
  const weights = tf.variable(tf.tensor2d(floatsOf({ shape: [3, 2] }), [3, 2]));
  const bias = tf.variable(tf.zeros([2]));
  const optimizer = create(RATES[0]);
  const step = (x: tf.Tensor2D) => {
    const loss = () =>
      tf.mean(tf.square(tf.sub(tf.add(tf.matMul(x, weights), bias), tf.sum(x, 1, true)))) as tf.Scalar;
    return optimizer.minimize(loss, true, [weights, bias])!;
  };
  const dispose = () => {
    optimizer.dispose();
    weights.dispose();
    bias.dispose();
  };
  return { weights, bias, optimizer, step, dispose };
}

/** What code that changes the rate of a running optimizer does. */
function setRate(optimizer: tf.Optimizer, rate: number): void {
  // Every optimizer passes for an instance of every class.
  if ("setLearningRate" in optimizer) (optimizer as tf.SGDOptimizer).setLearningRate(rate);
  else Reflect.set(optimizer, "learningRate", rate);
}

const rowsOf = (index: number) => floatsOf({ shape: [4, 3], from: -1 - index / 4, to: 1 + index / 3 });

for (const [name, create] of Object.entries(OPTIMIZERS)) {
  Deno.test(`compile() follows the learning rate of ${name}, and carries what it remembers, as TensorFlow.js does`, async () => {
    const expected = task(create), actual = task(create);
    const program = await compile(({ x }) => ({ loss: actual.step(x as tf.Tensor2D) }), {
      inputs: { x: [4, 3] },
    });
    assert.equal(actual.optimizer.iterations, 0);
    for (const [index, rate] of RATES.entries()) {
      setRate(expected.optimizer, rate);
      setRate(actual.optimizer, rate);
      const { loss } = await program.run({ x: rowsOf(index) });
      const reference = tf.tidy(() => expected.step(tf.tensor2d(rowsOf(index), [4, 3])).dataSync());
      assertClose(loss, reference, { what: `loss of step ${index}` });
    }
    assertClose(actual.weights.dataSync(), expected.weights.dataSync(), { what: "weights" });
    assertClose(actual.bias.dataSync(), expected.bias.dataSync(), { what: "bias" });
    assert.equal(actual.optimizer.iterations, RATES.length);
    if (name !== "adamax") {
      const [remembered, reference] = [
        await actual.optimizer.getWeights(),
        await expected.optimizer.getWeights(),
      ];
      assert.equal(remembered.length, reference.length);
      remembered.forEach(({ tensor }, index) =>
        assertClose(tensor.dataSync(), reference[index].tensor.dataSync(), { what: `memory ${index}` })
      );
    }
    await program.dispose();
    expected.dispose();
    actual.dispose();
  });

  Deno.test(`compile() records one graph for ${name}, whatever its learning rate`, () => {
    const bytes = [0.1, 0.003].map((rate) => {
      const { step, optimizer, dispose } = task(create);
      setRate(optimizer, rate);
      const { graph, inputs, outputs, state, numbers } = record(
        ({ x }) => ({ loss: step(x as tf.Tensor2D) }),
        {
          inputs: { x: { shape: [4, 3], dtype: "float32" } },
          random: false,
        },
      );
      const changed = state.flatMap(({ output }) => output === undefined ? [] : [output]);
      dispose();
      return encode(graph.nodes, {
        inputs: [
          ...inputs,
          ...numbers.map(({ value }) => ({ name: "rate", value })),
          ...state.flatMap(({ input }, index) =>
            input === undefined ? [] : [{ name: `state/${index}`, value: input }]
          ),
        ],
        outputs: [...outputs, ...changed.map((value, index) => ({ name: `next/${index}`, value }))],
      });
    });
    assert.deepEqual(bytes[0], bytes[1]);
  });
}

Deno.test("compile() lets two programs share an optimizer", async () => {
  const expected = task(OPTIMIZERS.adam), actual = task(OPTIMIZERS.adam);
  const compiled = () =>
    compile(({ x }) => ({ loss: actual.step(x as tf.Tensor2D) }), { inputs: { x: [4, 3] } });
  const programs = [await compiled(), await compiled()];
  for (let index = 0; index < 4; index++) {
    await programs[index % 2].run({ x: rowsOf(index) });
    tf.tidy(() => void expected.step(tf.tensor2d(rowsOf(index), [4, 3])));
  }
  assertClose(actual.weights.dataSync(), expected.weights.dataSync());
  assert.equal(actual.optimizer.iterations, 4);
  for (const program of programs) await program.dispose();
});

Deno.test("compile() lets an optimizer take several steps in a run", async () => {
  const expected = task(OPTIMIZERS.rmsprop), actual = task(OPTIMIZERS.rmsprop);
  const program = await compile(({ x }) => {
    tf.tidy(() => actual.step(x as tf.Tensor2D));
    return { loss: tf.tidy(() => actual.step(x as tf.Tensor2D)) };
  }, { inputs: { x: [4, 3] } });
  await program.run({ x: rowsOf(0) });
  for (let step = 0; step < 2; step++) tf.tidy(() => void expected.step(tf.tensor2d(rowsOf(0), [4, 3])));
  assertClose(actual.weights.dataSync(), expected.weights.dataSync());
  assert.equal(actual.optimizer.iterations, 2);
  await program.dispose();
});

Deno.test("Compiled.run() refuses a learning rate that is no number", async () => {
  const { step, optimizer, dispose } = task(OPTIMIZERS.adam);
  const program = await compile(({ x }) => ({ loss: step(x as tf.Tensor2D) }), { inputs: { x: [4, 3] } });
  setRate(optimizer, NaN);
  await assert.rejects(program.run({ x: rowsOf(0) }), {
    name: "TypeError",
    message: /the learning rate of Adam must be a number, got NaN/,
  });
  await program.dispose();
  dispose();
});
