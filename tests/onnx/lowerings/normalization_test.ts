/** Normalization: which operators it becomes, that these give what TensorFlow.js gives, and gradients against differences. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { encode } from "../../../src/onnx/files/encode.ts";
import { exportOnnx } from "../../../src/onnx/files/export.ts";
import { compile } from "../../../src/onnx/programs/compile.ts";
import { type Program, record } from "../../../src/onnx/recording/recording.ts";
import { openSession } from "../../../src/onnx/runtime/session.ts";
import { assertClose, floatsOf } from "../reference.ts";

const SHAPE: [number, number, number] = [2, 5, 3], SIZE = 30;
const vector = (from: number, to: number) => tf.tensor1d(floatsOf({ shape: [3], from, to }));

function operatorsOf(program: Program): string[] {
  const { graph, outputs } = record(program, {
    inputs: { x: { shape: SHAPE, dtype: "float32" } },
    random: false,
  });
  assert.ok(encode(graph.nodes, { inputs: [], outputs }).length > 0);
  return graph.nodes.map(({ operator }) => operator);
}

/** The normalization over the last axis as the layer of TensorFlow.js computes it. */
function layerNorm(): { layer: tf.layers.Layer; run: (x: tf.Tensor) => tf.Tensor } {
  const layer = tf.layers.layerNormalization({ epsilon: 1e-3 });
  layer.apply(tf.input({ shape: SHAPE.slice(1) }));
  layer.setWeights([vector(0.5, 2), vector(-1, 1)]);
  return { layer, run: (x) => layer.apply(x) as tf.Tensor };
}

Deno.test("a layer's normalization of rows becomes one operator, and agrees with the cpu backend", async () => {
  const { layer, run } = layerNorm();
  assert.ok(operatorsOf(({ x }) => ({ y: run(x) })).includes("LayerNormalization"));
  const program = await compile(({ x }) => ({ y: run(x) }), { inputs: { x: SHAPE } });
  const x = floatsOf({ shape: SHAPE });
  const { y } = await program.run({ x });
  assertClose(y, run(tf.tensor(x, SHAPE)).dataSync());
  await program.dispose();
  layer.dispose();
});

Deno.test("moments of something else than the rows do not become the operator of rows", () => {
  const around = (x: tf.Tensor, moments: tf.Tensor) => {
    const { mean, variance } = tf.moments(moments, -1, true);
    const [centre, spread] = [mean, variance].map((moment) => tf.tile(moment, [1, 1, 3]) as tf.Tensor3D);
    const [offset, scale] = [vector(-1, 1), vector(0.5, 2)].map((one) =>
      tf.tile(tf.reshape(one, [1, 1, 3]), [2, 5, 1]) as tf.Tensor3D
    );
    return tf.batchNorm(x as tf.Tensor3D, centre, spread, offset, scale, 1e-3);
  };
  assert.ok(operatorsOf(({ x }) => ({ y: around(x, x) })).includes("LayerNormalization"));
  assert.ok(!operatorsOf(({ x }) => ({ y: around(x, tf.square(x)) })).includes("LayerNormalization"));
});

Deno.test("an exported batch normalization behind a convolution is one operator, and agrees with the cpu backend", async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv1d({ inputShape: [5, 3], filters: 3, kernelSize: 2 }),
      tf.layers.batchNormalization(),
    ],
  });
  const [scale, offset, mean, variance] = [[0.5, 2], [-1, 1], [-0.5, 0.5], [0.2, 3]];
  model.layers[1].setWeights([scale, offset, mean, variance].map(([from, to]) => vector(from, to)));
  const weights = Object.fromEntries(
    model.weights.map((weight) => [weight.originalName, weight.read() as tf.Variable]),
  );
  const bytes = exportOnnx(({ x }) => ({ y: model.apply(x) as tf.Tensor }), {
    inputs: { x: [null, 5, 3] },
    weights,
  });
  assert.ok(new TextDecoder("latin1").decode(bytes).includes("BatchNormalization"));
  const x = floatsOf({ shape: SHAPE });
  const session = await openSession(bytes);
  const { y } = await session.run({ x: { values: x, shape: SHAPE } });
  const expected = model.predict(tf.tensor(x, SHAPE)) as tf.Tensor;
  assertClose(y.values as Float32Array, expected.dataSync());
  await session.dispose();
  model.dispose();
});

Deno.test("the gradient of normalization agrees with differences, for moments of rows, of channels, and given ones", () => {
  const given = [vector(-1, 1), vector(0.5, 2), vector(-1, 1), vector(0.5, 2)] as tf.Tensor1D[];
  const [mean, variance, offset, scale] = given, { layer, run } = layerNorm();
  const functions: ((x: tf.Tensor) => tf.Tensor)[] = [
    run,
    (x) => {
      const { mean, variance } = tf.moments(x, [0, 1]);
      return tf.batchNorm(
        x as tf.Tensor3D,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        offset,
        scale,
        1e-3,
      );
    },
    (x) => tf.batchNorm(x as tf.Tensor3D, mean, variance, offset, scale, 1e-3),
  ];
  const weights = tf.tensor(floatsOf({ shape: SHAPE, from: 0, to: 1 }), SHAPE);
  const x = floatsOf({ shape: SHAPE }), step = 1e-2;
  for (const fn of functions) {
    const total = (x: tf.Tensor) => tf.sum(tf.mul(weights, fn(x)));
    const gradient = tf.tidy(() => tf.grad(total)(tf.tensor(x, SHAPE)).dataSync());
    for (let place = 0; place < SIZE; place += 7) {
      const [above, below] = [step, -step].map((change) =>
        tf.tidy(() => total(tf.tensor(x.with(place, x[place] + change), SHAPE)).dataSync()[0])
      );
      assert.ok(Math.abs(gradient[place] - (above - below) / (2 * step)) < 2e-3, `${place}`);
    }
  }
  for (const [name, input] of Object.entries({ mean, variance, offset, scale })) {
    const total = (changed: tf.Tensor) => {
      const moments = { mean, variance, offset, scale, [name]: changed as tf.Tensor1D };
      const y = tf.batchNorm(
        tf.tensor3d(x, SHAPE),
        moments.mean,
        moments.variance,
        moments.offset,
        moments.scale,
        1e-3,
      );
      return tf.sum(tf.mul(weights, y));
    };
    const gradient = tf.tidy(() => tf.grad(total)(input).dataSync()), numbers = input.dataSync<"float32">();
    for (let place = 0; place < 3; place++) {
      const [above, below] = [step, -step].map((change) =>
        tf.tidy(() => total(tf.tensor1d(numbers.with(place, numbers[place] + change))).dataSync()[0])
      );
      assert.ok(Math.abs(gradient[place] - (above - below) / (2 * step)) < 5e-3, `${name} ${place}`);
    }
  }
  layer.dispose();
});

Deno.test("a product with constants inside keeps its value, whatever order they are multiplied in", async () => {
  const program = await compile(({ x }) => ({
    inner: tf.mul(tf.mul(x, 0.5), tf.mul(tf.add(x, 1), 3)),
    quotient: tf.div(tf.mul(x, 0.5), 4),
    small: tf.mul(tf.mul(x, 1e-30), tf.mul(x, 1e30)),
  }), { inputs: { x: [4] } });
  const { inner, quotient, small } = await program.run({ x: Float32Array.of(-2, 0.5, 1, 3) });
  assertClose(inner, Float32Array.of(3, 1.125, 3, 18));
  assertClose(quotient, Float32Array.of(-0.25, 0.0625, 0.125, 0.375));
  assertClose(small, Float32Array.of(4, 0.25, 1, 9));
  await program.dispose();
});
