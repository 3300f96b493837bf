import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compile } from "../../../src/onnx/programs/compile.ts";
import { createRandom } from "../../../src/onnx/random/random.ts";
import { randomUniform } from "../../../src/onnx/recording/random_uniform.ts";
import { assertClose, floatsOf } from "../reference.ts";
import { inOwnProcess } from "../resident_bytes.ts";

/** Two layers, and Adam's rule with its bias correction, as a function that assigns variables. */
function learner() {
  const kernel = tf.variable(tf.tensor(floatsOf({ shape: [4, 3] }), [4, 3]));
  const bias = tf.variable(tf.zeros([3]));
  const weights = [kernel, bias];
  const first = weights.map((weight) => tf.variable(tf.zeros(weight.shape)));
  const second = weights.map((weight) => tf.variable(tf.zeros(weight.shape)));
  const steps = tf.variable(tf.scalar(0));
  const learn = ({ x, y }: Record<string, tf.Tensor>): Record<string, tf.Tensor> => {
    const { value, grads } = tf.variableGrads(() => {
      const logits = tf.add(tf.matMul(x, kernel), bias);
      return tf.losses.softmaxCrossEntropy(y, tf.tanh(logits)) as tf.Scalar;
    }, weights);
    steps.assign(tf.add(steps, 1));
    weights.forEach((weight, index) => {
      const gradient = grads[weight.name];
      first[index].assign(tf.add(tf.mul(first[index], 0.9), tf.mul(gradient, 0.1)));
      second[index].assign(tf.add(tf.mul(second[index], 0.99), tf.mul(tf.square(gradient), 0.01)));
      const mean = tf.div(first[index], tf.sub(1, tf.pow(0.9, steps)));
      const deviation = tf.sqrt(tf.div(second[index], tf.sub(1, tf.pow(0.99, steps))));
      weight.assign(tf.sub(weight, tf.mul(0.05, tf.div(mean, tf.add(deviation, 1e-8)))));
    });
    return { loss: value };
  };
  return { learn, variables: [...weights, ...first, ...second, steps] };
}

const SHAPES = { x: [6, 4], y: [6, 3] };
const batch = (index: number) => ({
  x: floatsOf({ shape: SHAPES.x, from: -1 - index, to: 2 }),
  y: Float32Array.from(
    { length: 18 },
    (_, place) => Number(place % 3 === (Math.floor(place / 3) + index) % 3),
  ),
});

Deno.test("compile() carries the state of 20 steps as TensorFlow.js itself does", async () => {
  const slow = learner(), fast = learner();
  const program = await compile(fast.learn, { inputs: SHAPES });
  for (let index = 0; index < 20; index++) {
    const numbers = batch(index);
    const { loss } = await program.run(numbers);
    const expected = tf.tidy(() =>
      slow.learn({ x: tf.tensor(numbers.x, [6, 4]), y: tf.tensor(numbers.y, [6, 3]) }).loss.dataSync()
    );
    assertClose(loss, expected, { what: `loss of step ${index}` });
  }
  fast.variables.forEach((variable, index) => {
    assertClose(variable.dataSync(), slow.variables[index].dataSync(), { what: `variable ${index}` });
  });
  await program.dispose();
});

Deno.test("compile() leaves variables and the backend as they were", async () => {
  const counter = tf.variable(tf.scalar(3));
  const snapshot = counter.clone();
  const before = tf.memory().numTensors;
  const program = await compile(({ x }) => {
    counter.assign(tf.add(counter, x));
    return { counter };
  }, { inputs: { x: [] } });
  assert.equal(tf.getBackend(), "cpu");
  assert.deepEqual([...counter.dataSync()], [3]);
  await program.run({ x: 2 });
  assert.equal(tf.memory().numTensors, before);
  assert.deepEqual([...counter.dataSync(), ...snapshot.dataSync()], [5, 3]);
  await program.dispose();
});

Deno.test("compile() shares variables between programs, which take turns", async () => {
  const total = tf.variable(tf.zeros([2]));
  const add = await compile(({ x }) => {
    total.assign(tf.add(total, x));
    return {};
  }, { inputs: { x: [2] } });
  const double = await compile(() => {
    total.assign(tf.mul(total, 2));
    return { total };
  }, { inputs: {} });
  const runs = [
    add.run({ x: Float32Array.of(1, 2) }),
    double.run({}),
    add.run({ x: Float32Array.of(3, 3) }),
    double.run({}),
  ];
  assert.deepEqual((await Promise.all(runs)).map(({ total }) => total && [...total]), [
    undefined,
    [2, 4],
    undefined,
    [10, 14],
  ]);
  total.assign(tf.tensor([5, 5]));
  assert.deepEqual([...(await double.run({})).total], [10, 10]);
  await Promise.all([add.dispose(), double.dispose()]);
});

Deno.test("compile() carries variables that the function makes, from their first value on", async () => {
  let slot: tf.Variable | undefined;
  const program = await compile(({ x }) => {
    slot = tf.variable(tf.ones([2]));
    slot.assign(tf.mul(slot, x));
    return { slot };
  }, { inputs: { x: [2] } });
  assert.deepEqual([...slot!.dataSync()], [1, 1]);
  await program.run({ x: Float32Array.of(2, 3) });
  assert.deepEqual([...(await program.run({ x: Float32Array.of(2, 3) })).slot], [4, 9]);
  await program.dispose();
});

Deno.test("compile() gives an input, a constant and one tensor twice as outputs", async () => {
  const fixed = tf.tensor([7, 8]);
  const program = await compile(({ x }) => {
    const sum = tf.add(x, fixed);
    return { x, fixed, sum, again: sum, copy: tf.clone(sum) };
  }, { inputs: { x: [2] } });
  const results = await program.run({ x: Float32Array.of(1, 2) });
  assert.deepEqual(Object.entries(results).map(([name, values]) => [name, ...values]), [
    ["x", 1, 2],
    ["fixed", 7, 8],
    ["sum", 8, 10],
    ["again", 8, 10],
    ["copy", 8, 10],
  ]);
  await program.dispose();
});

Deno.test("compile() gives int32 and bool outputs as they are", async () => {
  const program = await compile(
    ({ x, flags }) => ({ whole: tf.cast(x, "int32"), not: tf.logicalNot(flags) }),
    { inputs: { x: [3], flags: { shape: [2], dtype: "bool" } } },
  );
  const { whole, not } = await program.run({ x: Float32Array.of(1.7, -1.7, 3), flags: Uint8Array.of(0, 1) });
  assert.deepEqual([whole, not], [Int32Array.of(1, -1, 3), Uint8Array.of(1, 0)]);
  await program.dispose();
});

Deno.test("compile() drops what no output needs and keeps equal nodes once", async () => {
  const program = await compile(({ x }) => {
    tf.exp(tf.sin(x));
    return { y: tf.add(tf.square(x), tf.square(x)) };
  }, { inputs: { x: [2] } });
  assert.equal(program.nodeCount, 2);
  await program.dispose();
});

Deno.test("compile() transposes a network of convolutions only at its border", async () => {
  const network = tf.sequential({
    layers: [
      tf.layers.conv1d({ filters: 4, kernelSize: 3, padding: "same", inputShape: [16, 1] }),
      tf.layers.leakyReLU(),
      tf.layers.maxPooling1d({ poolSize: 2 }),
      tf.layers.conv1d({ filters: 4, kernelSize: 3, padding: "same", activation: "relu" }),
      tf.layers.globalMaxPooling1d({}),
    ],
  });
  const program = await compile(({ x }) => ({ y: network.apply(x) as tf.Tensor }), {
    inputs: { x: [2, 16, 1] },
    // Folding activations into convolutions would hide what is counted.
    optimized: false,
  });
  const x = floatsOf({ shape: [2, 16, 1] });
  const { y } = await program.run({ x });
  assertClose(y, tf.tidy(() => (network.apply(tf.tensor(x, [2, 16, 1])) as tf.Tensor).dataSync()));
  // Of each convolution: kernel reshaped and transposed, Conv, activation; one input reshape; pooling; maximum with one.
  assert.equal(program.nodeCount, 4 + 4 + 1 + 1 + 2);
  await program.dispose();
});

Deno.test("compile() records in TensorFlow.js's debug mode, which it leaves on", async () => {
  const flags = tf.env().getFlags(), { DEBUG: before } = flags;
  flags.DEBUG = true;
  try {
    const program = await compile(({ x }) => ({ y: tf.neg(x) }), { inputs: { x: [] } });
    assert.equal(tf.env().getBool("DEBUG"), true);
    assert.deepEqual(await program.run({ x: 2 }), { y: Float32Array.of(-2) });
    await program.dispose();
  } finally {
    flags.DEBUG = before;
  }
});

Deno.test("Compiled.run() names an input that is missing, unknown or of another size or type", async () => {
  const program = await compile(({ x }) => ({ y: tf.neg(x) }), { inputs: { x: [2, 3] } });
  const message = (got: string) =>
    `Cannot run a program: the input "x" must be a Float32Array of shape [2, 3], got ${got}`;
  await assert.rejects(program.run({}), { name: "TypeError", message: message("nothing") });
  await assert.rejects(program.run({ x: new Float32Array(5) }), {
    name: "TypeError",
    message: message(
      "Float32Array of 5; a program has one size, so compile one for each size, or pad the input",
    ),
  });
  await assert.rejects(program.run({ x: new Int32Array(6) }), {
    name: "TypeError",
    message: message("Int32Array of 6"),
  });
  await assert.rejects(program.run({ x: tf.ones([2, 3]) as unknown as Float32Array }), {
    name: "TypeError",
    message: message("a tensor; give its numbers, which await tensor.data() reads"),
  });
  await assert.rejects(program.run({ x: new Float32Array(6), z: 1 }), {
    name: "TypeError",
    message: /the inputs x, got "z"/,
  });
  assert.equal((await program.run({ x: new Float32Array(6) })).y.length, 6);
  await program.dispose();
});

Deno.test("Compiled.run() refuses to run a disposed program", async () => {
  const program = await compile(({ x }) => ({ y: tf.neg(x) }), { inputs: { x: [] } });
  await program.dispose();
  await assert.rejects(program.run({ x: 1 }), /must not be disposed/);
  await program.dispose();
});

Deno.test("Compiled.run() gives the memory of hundreds of runs back", async () => {
  const script = new URL("run_hundreds.ts", import.meta.url);
  const { early, late, state } = await inOwnProcess<Record<string, number>>(script);
  // Each run makes arrays of 2 MiB: were they kept, this would be 600 MiB.
  assert.ok(late - early < 200 * 2 ** 20, `resident memory grew by ${late - early} bytes`);
  assert.equal(state, 400);
});

Deno.test("Compiled.run() draws other numbers each time, and the same from the same key and counter", async () => {
  const random = createRandom(0x9b5f2e1d4c8a7631n);
  const program = await compile(
    ({ x }) => ({ kept: tf.dropout(x, 0.5), drawn: randomUniform([3]) }),
    { inputs: { x: [40] }, random },
  );
  const x = new Float32Array(40).fill(1);
  const first = await program.run({ x });
  assert.equal(random.counter, 43n);
  const second = await program.run({ x });
  assert.notDeepEqual(first.kept, second.kept);
  assert.notDeepEqual(first.drawn, second.drawn);
  assert.deepEqual(new Set(first.kept), new Set([0, 2]));
  random.counter = 0n;
  assert.deepEqual(await program.run({ x }), first);
  await program.dispose();
});
