import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { exportOnnx, readOnnx } from "../../../src/onnx/files/export.ts";
import { openSession } from "../../../src/onnx/runtime/session.ts";
import { assertClose, floatsOf } from "../reference.ts";
import { checkModels, hasChecker } from "./checker.ts";

/** A network with every kind of layer that the encoders use; the numbers of its weights depend on nothing but their shapes. */
function network() {
  const { layers } = tf;
  const model = tf.sequential({
    layers: [
      layers.conv1d({ filters: 4, kernelSize: 5, padding: "same", inputShape: [32, 1] }),
      layers.leakyReLU({ alpha: 0.2 }),
      layers.batchNormalization({}),
      layers.maxPooling1d({ poolSize: 4, strides: 2 }),
      layers.conv1d({ filters: 6, kernelSize: 3, activation: "relu", strides: 2 }),
      layers.globalMaxPooling1d({}),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 5, activation: "relu" }),
      layers.dense({ units: 3, activation: "softmax" }),
    ],
  });
  const trainable = ["conv1/kernel", "conv1/bias", "norm/gamma", "norm/beta", "conv2/kernel", "conv2/bias"];
  const names = [
    ...trainable,
    "dense1/kernel",
    "dense1/bias",
    "dense2/kernel",
    "dense2/bias",
    "norm/mean",
    "norm/variance",
  ];
  // The weights of a model are its trainable ones, then the others.
  const variables = model.weights.map((weight) => weight.read() as tf.Variable);
  assert.equal(variables.length, names.length);
  for (const [index, { shape }] of variables.entries()) {
    const from = names[index] === "norm/variance" ? 0.5 : -1;
    variables[index].assign(tf.tensor(floatsOf({ shape, from, to: 1 }), shape));
  }
  const weights = Object.fromEntries(names.map((name, index) => [name, variables[index]]));
  const forward = ({ windows }: Record<string, tf.Tensor>) => ({
    probabilities: model.apply(windows) as tf.Tensor,
  });
  return { forward, weights };
}

const INPUTS = { windows: [null, 32, 1] };
const METADATA = { licence: "MIT", task: "test" };
const { forward, weights } = network();
const bytes = exportOnnx(forward, { inputs: INPUTS, weights, metadata: METADATA });

Deno.test("exportOnnx() gives equal bytes for the same model and for a second equal one", () => {
  assert.deepEqual(exportOnnx(forward, { inputs: INPUTS, weights, metadata: METADATA }), bytes);
  const second = network();
  assert.deepEqual(
    exportOnnx(second.forward, { inputs: INPUTS, weights: second.weights, metadata: METADATA }),
    bytes,
  );
});

for (const rows of [1, 3, 64]) {
  Deno.test(`exportOnnx() writes a model that agrees with the cpu backend on ${rows} rows`, async () => {
    const values = floatsOf({ shape: [rows, 32, 1] });
    const session = await openSession(bytes);
    const { probabilities } = await session.run({ windows: { values, shape: [rows, 32, 1] } });
    await session.dispose();
    assert.deepEqual(probabilities.shape, [rows, 3]);
    const expected = tf.tidy(() =>
      forward({ windows: tf.tensor(values, [rows, 32, 1]) }).probabilities.dataSync()
    );
    assertClose(probabilities.values as Float32Array, expected);
  });
}

Deno.test("readOnnx() reads texts, weights and shapes back", () => {
  const contents = readOnnx(bytes);
  assert.deepEqual(contents.metadata, METADATA);
  assert.deepEqual(contents.inputs, { windows: ["batch", 32, 1] });
  assert.deepEqual(contents.outputs, { probabilities: ["batch", 3] });
  for (const [name, variable] of Object.entries(weights)) {
    assert.deepEqual(contents.weights[name].shape, variable.shape, name);
    assert.deepEqual(contents.weights[name].values, variable.dataSync(), name);
  }
});

Deno.test("readOnnx() throws for bytes that are no model", () => {
  assert.throws(() => readOnnx(Uint8Array.of(1, 2, 3)));
  assert.throws(() => readOnnx(new Uint8Array(0)), SyntaxError);
});

Deno.test({
  name: "exportOnnx() writes what onnx.checker accepts, with names from weights and operations",
  ignore: !hasChecker("exportOnnx() against onnx.checker"),
  fn() {
    const { model: { ir, opset, nodes } } = checkModels({ model: bytes });
    assert.deepEqual([ir, opset], [8, 17]);
    assert.equal(new Set(nodes).size, nodes.length);
    assert.ok(
      nodes.includes("conv1/add/Conv") && nodes.includes("dense1/fusedMatMul/MatMul"),
      nodes.join(" "),
    );
    for (const node of nodes) assert.doesNotMatch(node, /conv1d_|dense_Dense|_\d{2,}/);
  },
});

const single = (fn: (x: tf.Tensor) => tf.Tensor) => ({ x }: Record<string, tf.Tensor>) => ({ y: fn(x) });
const ANY = { inputs: { x: [null, 4] }, weights: {} };

for (
  const [what, fn] of [
    [
      "tile of a vector to the batch",
      (x) => tf.mul(x, tf.tile(tf.reshape(tf.sum(x, 0), [1, 4]), [x.shape[0]!, 1])),
    ],
    [
      "a reshape that joins the batch with another axis",
      (x) => tf.reshape(tf.square(tf.reshape(x, [-1])), [-1, 2]),
    ],
    ["zeros in the shape of the batch", (x) => tf.concat([tf.zeros([x.shape[0]!, 2]), x], 1)],
    ["a slice up to the batch", (x) => tf.slice(tf.concat([x, x], 0), [0, 0], [x.shape[0]!, 3])],
  ] as const satisfies [string, (x: tf.Tensor) => tf.Tensor][]
) {
  Deno.test(`exportOnnx() makes ${what} follow the input`, async () => {
    const session = await openSession(exportOnnx(single(fn), ANY));
    for (const rows of [1, 2, 5]) {
      const values = floatsOf({ shape: [rows, 4] });
      const { y } = await session.run({ x: { values, shape: [rows, 4] } });
      const expected = tf.tidy(() => {
        const result = fn(tf.tensor(values, [rows, 4]));
        return { shape: result.shape, numbers: result.dataSync() };
      });
      assert.deepEqual(y.shape, expected.shape);
      assertClose(y.values as Float32Array, expected.numbers);
    }
    await session.dispose();
  });
}

Deno.test("exportOnnx() writes outputs that are constants or inputs", async () => {
  const session = await openSession(exportOnnx(({ x }) => ({ fixed: tf.tensor([1, 2]), x }), ANY));
  const { fixed, x } = await session.run({ x: { values: new Float32Array(8), shape: [2, 4] } });
  assert.deepEqual([fixed.values, x.shape], [Float32Array.of(1, 2), [2, 4]]);
  await session.dispose();
});

const refusals: [string, () => unknown, RegExp][] = [
  [
    "a number that depends on the batch",
    () => exportOnnx(single((x) => tf.mul(x, x.shape[0]!)), ANY),
    /same program at every batch size.* got another Mul of mul/,
  ],
  [
    "operations that depend on the batch",
    () => exportOnnx(single((x) => x.shape[0] === 11 ? tf.exp(x) : tf.sin(x)), ANY),
    /got another Exp of exp/,
  ],
  [
    "more operations at another batch",
    () => exportOnnx(single((x) => tf.unstack(x).reduce((sum, row) => tf.add(sum, row))), ANY),
    /same program at every batch size/,
  ],
  [
    "a variable without a name",
    () => {
      const scale = tf.variable(tf.scalar(2), true, "scale");
      return exportOnnx(single((x) => tf.mul(x, scale)), ANY);
    },
    /each variable that it uses must be one of the weights, got "scale"/,
  ],
  [
    "a weight that is not read",
    () => exportOnnx(single((x) => tf.neg(x)), { ...ANY, weights: { unread: tf.variable(tf.scalar(2)) } }),
    /each of the weights must be read, got "unread"/,
  ],
  [
    "a weight that changes",
    () => {
      const count = tf.variable(tf.scalar(0), true, "count");
      return exportOnnx(
        single((x) => {
          count.assign(tf.add(count, 1));
          return tf.mul(x, count);
        }),
        { ...ANY, weights: { count } },
      );
    },
    /the variable "count" must not change/,
  ],
  [
    "dropout that is active",
    () => exportOnnx(single((x) => tf.dropout(x, 0.5)), ANY),
    /Cannot record dropout/,
  ],
  [
    "an output that is another constant in another batch",
    () => exportOnnx(({ x }) => ({ y: tf.tensor([1, x.shape[0]!]) }), ANY),
    /same program at every batch size/,
  ],
];

for (const [what, attempt, message] of refusals) {
  Deno.test(`exportOnnx() refuses ${what}`, () => {
    assert.throws(attempt, { message });
    assert.equal(tf.getBackend(), "cpu");
  });
}
