import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compile } from "../../../src/onnx/programs/compile.ts";
import { assertClose, numbersOf } from "../reference.ts";
import { onOnnx } from "./lazy_backend.ts";

const WINDOWS = tf.util.flatten(Array.from(numbersOf({ shape: [24, 16, 1] }))) as number[];

/** What `fit` reports and predicts, from weights and batches that are the same on each backend. */
async function fitted() {
  const model = tf.sequential({
    layers: [
      tf.layers.conv1d({ filters: 4, kernelSize: 3, inputShape: [16, 1], activation: "relu" }),
      tf.layers.batchNormalization(),
      tf.layers.maxPooling1d({ poolSize: 2 }),
      tf.layers.gru({ units: 3 }),
      tf.layers.dense({ units: 2, activation: "softmax" }),
    ],
  });
  model.setWeights(
    model.getWeights().map((weight) => {
      return tf.tensor(numbersOf({ shape: weight.shape, from: 0.1, to: 1 }), weight.shape);
    }),
  );
  model.compile({ optimizer: tf.train.adam(0.01), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  const windows = tf.tensor3d(WINDOWS, [24, 16, 1]);
  const labels = tf.oneHot(tf.tensor1d(Array.from({ length: 24 }, (_, row) => row % 2), "int32"), 2);
  const { history } = await model.fit(windows, labels, {
    epochs: 3,
    batchSize: 8,
    shuffle: false,
    validationSplit: 0.25,
    verbose: 0,
  });
  const scores = model.predict(windows) as tf.Tensor;
  return { history, scores: await scores.data() };
}

Deno.test("model.fit and model.predict give on the lazy backend what they give on the cpu backend", async () => {
  await tf.setBackend("cpu");
  const expected = await fitted();
  await onOnnx(async () => {
    const actual = await fitted();
    assertClose(actual.scores, expected.scores, { what: "scores" });
    for (const [name, values] of Object.entries(expected.history)) {
      assertClose(actual.history[name] as number[], values as number[], { what: name });
    }
  });
});

Deno.test("optimizers minimize on the lazy backend whether the loss is read or not", () =>
  onOnnx((backend) => {
    for (const create of [() => tf.train.sgd(0.1), () => tf.train.adam(0.1), () => tf.train.rmsprop(0.05)]) {
      for (const isRead of [true, false]) {
        const x = tf.variable(tf.scalar(3)), optimizer = create();
        for (let step = 0; step < 200; step++) {
          const loss = optimizer.minimize(() => tf.square(tf.sub(x, 1)).asScalar(), true);
          if (isRead) loss?.dataSync();
          loss?.dispose();
        }
        assert.ok(Math.abs(x.dataSync()[0] - 1) < 0.06, `${optimizer.getClassName()}: ${x.dataSync()[0]}`);
      }
    }
    assert.ok(backend.sessionCount < 20, `${backend.sessionCount} sessions for 1,200 steps`);
  }));

Deno.test("tf.grads on the lazy backend takes gradients of values that were read before", () =>
  onOnnx(() => {
    const x = tf.tensor4d([1, 2, 3, 4, 6, 5, 7, 8], [1, 2, 4, 1]);
    const gradient = tf.grad((x: tf.Tensor) => {
      const pooled = tf.maxPool(x as tf.Tensor4D, 2, 2, "valid");
      pooled.dataSync();
      return pooled.mul(pooled);
    })(x);
    assert.deepEqual([...gradient.dataSync()], [0, 0, 0, 0, 12, 0, 0, 16]);
  }));

Deno.test("compile() records while the lazy backend is current, and shares variables with it", () =>
  onOnnx(async () => {
    const total = tf.variable(tf.zeros([2]));
    total.assign(total.add(1));
    const program = await compile(({ x }) => {
      total.assign(tf.add(total, x));
      return { mean: tf.mean(total) };
    }, { inputs: { x: [2] } });
    assert.equal(tf.getBackend(), "onnx");
    assert.deepEqual([...total.dataSync()], [1, 1], "recording changes nothing");
    const { mean } = await program.run({ x: Float32Array.of(1, 2) });
    total.assign(total.mul(2));
    const second = await program.run({ x: Float32Array.of(0, 0) });
    assert.deepEqual([[...mean], [...second.mean], [...total.dataSync()]], [[2.5], [5], [4, 6]]);
    await program.dispose();
  }));

Deno.test("compile() refuses what the lazy backend leaves to the cpu backend", () =>
  onOnnx(async () => {
    const program = ({ x }: Record<string, tf.Tensor>) => ({ values: tf.unique(x).values });
    await assert.rejects(compile(program, { inputs: { x: [2] } }), /Cannot record the kernel Unique/);
    assert.equal(tf.getBackend(), "onnx");
  }));
