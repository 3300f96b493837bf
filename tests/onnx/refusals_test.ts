/** What can't be recorded is an error, never a wrong number. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compile } from "../../src/onnx/compile.ts";

const refusals: [string, () => Promise<unknown>, RegExp][] = [
  [
    "a random tensor",
    () => compile(() => ({ y: tf.randomUniform([2]) }), { inputs: {} }),
    /Cannot record randomUniform: a program that draws random numbers must be given the option random/,
  ],
  [
    "a random tensor with a seed",
    () => compile(() => ({ y: tf.randomNormal([2], 0, 1, "float32", 7) }), { inputs: {} }),
    /Cannot record randomNormal/,
  ],
  [
    "a layer that draws its weights while it is recorded",
    () =>
      compile(({ x }) => ({ y: tf.layers.dense({ units: 2 }).apply(x) as tf.Tensor }), {
        inputs: { x: [2, 3] },
      }),
    /build the model before/,
  ],
  [
    "Math.random",
    () => compile(({ x }) => ({ y: tf.mul(x, Math.random()) }), { inputs: { x: [2] } }),
    /Cannot record Math\.random/,
  ],
  [
    "dropout without a generator",
    () => compile(({ x }) => ({ y: tf.dropout(x, 0.5) }), { inputs: { x: [2] } }),
    /Cannot record dropout: a program that draws random numbers must be given the option random/,
  ],
  [
    "reading a symbolic tensor",
    () => compile(({ x }) => ({ y: tf.mul(x, tf.sum(x).dataSync()[0]) }), { inputs: { x: [2] } }),
    /Cannot read a tensor while a program is recorded: .*return the tensor as an output/,
  ],
  [
    "reading a variable",
    () => {
      const variable = tf.variable(tf.scalar(1));
      return compile(({ x }) => ({ y: tf.mul(x, variable.dataSync()[0]) }), { inputs: { x: [2] } });
    },
    /Cannot read a tensor while a program is recorded/,
  ],
  [
    "a kernel that has no lowering",
    () => {
      const kernel = tf.variable(tf.zeros([3]), true, "classes/kernel");
      return compile(({ x }) => ({ y: tf.unique(tf.add(x, kernel)).values }), { inputs: { x: [3] } });
    },
    /Cannot record the kernel Unique in unique, after the variable "classes\/kernel": the shape of its result depends/,
  ],
  [
    "a disposed tensor",
    () => {
      const gone = tf.tensor([1, 2]);
      gone.dispose();
      return compile(() => ({ y: tf.neg(gone) }), { inputs: {} });
    },
    /Cannot record a tensor: it must hold numbers still/,
  ],
  [
    "a function that returns something else than tensors",
    () => compile(() => ({ y: 3 as unknown as tf.Tensor }), { inputs: {} }),
    /it must return tensors by name, got y/,
  ],
  [
    "an asynchronous function",
    () => compile((() => Promise.resolve({})) as unknown as () => Record<string, tf.Tensor>, { inputs: {} }),
    /it must return tensors by name, got a promise/,
  ],
  [
    "text",
    () => compile(() => ({ y: tf.tensor(["a"]) }), { inputs: {} }),
    /its type must be float32, int32 or bool, got string/,
  ],
];

for (const [what, attempt, message] of refusals) {
  Deno.test(`compile() refuses ${what} and leaves TensorFlow.js in order`, async () => {
    const { random } = Math;
    const variable = tf.variable(tf.scalar(4));
    const { numTensors } = tf.memory();
    await assert.rejects(attempt, { message });
    assert.equal(Math.random, random);
    assert.equal(tf.getBackend(), "cpu");
    assert.deepEqual([...variable.dataSync()], [4]);
    // Of the attempt itself: a variable and the tensor that it was made from.
    const made = what.includes("variable") || what.includes("kernel") ? 2 : 0;
    assert.equal(tf.memory().numTensors, numTensors + made);
    variable.dispose();
  });
}

Deno.test("compile() gives variables their values back when the function throws after an assignment", async () => {
  const variable = tf.variable(tf.scalar(1));
  await assert.rejects(
    compile(() => {
      variable.assign(tf.add(variable, 1));
      throw new Error("stop");
    }, { inputs: {} }),
    /stop/,
  );
  assert.deepEqual([...variable.dataSync()], [1]);
});

Deno.test("compile() refuses to record inside a recording", async () => {
  let inner: Promise<unknown> | undefined;
  const program = await compile(({ x }) => {
    inner = assert.rejects(compile(() => ({ x }), { inputs: {} }), /another recording must have ended/);
    return { x };
  }, { inputs: { x: [1] } });
  await inner;
  assert.deepEqual([...(await program.run({ x: 2 })).x], [2]);
  await program.dispose();
});
