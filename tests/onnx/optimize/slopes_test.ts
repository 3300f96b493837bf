/** Activations and their gradients, moved and computed in other ways. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { moveActivationsLast } from "../../../src/onnx/optimize/activations_last.ts";
import { limitSlopes } from "../../../src/onnx/optimize/slopes.ts";
import { assertClose, floatsOf } from "../reference.ts";
import { count, recorded, run } from "./programs.ts";

const gradient = (fn: (x: tf.Tensor) => tf.Tensor) => ({ x }: Record<string, tf.Tensor>) => ({
  gradient: tf.grad((x) => tf.sum(tf.mul(fn(x), tf.tensor(floatsOf({ shape: fn(x).shape }), fn(x).shape))))(
    x,
  ),
});

Deno.test("limitSlopes() gives the slopes of rectifiers on both sides of 0 and at it", async () => {
  const program = recorded(gradient((x) => tf.leakyRelu(x, 0.25)), { x: [8] });
  const faster = limitSlopes(program.program);
  assert.equal(count(faster, "Where"), 0);
  const feeds = { x: Float32Array.of(-Infinity, -3, -1e-38, -0, 0, 1.2e-38, 5, Infinity) };
  const weights = floatsOf({ shape: [8] });
  const slopes = [0.25, 0.25, 0.25, 0.25, 0.25, 1, 1, 1];
  const { gradient: got } = await run(program, faster, { feeds });
  assert.deepEqual(got, slopes.map((slope, index) => slope * weights[index]));
});

Deno.test("limitSlopes() leaves a choice alone that keeps numbers out which are not finite", async () => {
  const program = recorded(({ x }) => ({ y: tf.where(tf.greater(x, 0), tf.log(x), tf.zerosLike(x)) }), {
    x: [3],
  });
  const faster = limitSlopes(program.program);
  assert.deepEqual((await run(program, faster, { feeds: { x: Float32Array.of(-1, 0, 1) } })).y, [0, 0, 0]);
});

const twoConvolutions = (x: tf.Tensor) => {
  const [first, second] = [4, 6].map((from) =>
    tf.tensor3d(floatsOf({ shape: [3, 3, 3], from: -from, to: 5 }), [3, 3, 3])
  );
  return tf.conv1d(
    tf.leakyRelu(tf.conv1d(x as tf.Tensor3D, first, 1, "same"), 0.2) as tf.Tensor3D,
    second,
    1,
    "same",
  );
};

Deno.test("limitSlopes() changes no bit where a convolution gives the gradient 2^64 times as large", async () => {
  const program = recorded(gradient(twoConvolutions), { x: [2, 50, 3] });
  const faster = limitSlopes(program.program);
  assert.equal(count(faster, "Where"), 0);
  const limits = faster.nodes.filter(({ operator }) => operator === "Clip").map((
    { inputs: [, low, high] },
  ) => [
    low.constant?.[0],
    high.constant?.[0],
  ]);
  assert.deepEqual(limits, [[Math.fround(0.2 / 2 ** 64), 2 ** -64]]);
  assert.deepEqual(await run(program, faster), await run(program, program.program));
});

Deno.test("limitSlopes() leaves a convolution alone whose gradient somebody else reads", async () => {
  const program = recorded(({ x }) => {
    const [dx, dz] = tf.grads((x, z) => tf.sum(twoConvolutions(tf.add(x, z))))([x, tf.zerosLike(x)]);
    const before = tf.grad((y) =>
      tf.sum(tf.conv1d(y as tf.Tensor3D, tf.ones([3, 3, 3]) as tf.Tensor3D, 1, "same"))
    )(x);
    return { dx, dz, before, y: tf.where(tf.greater(x, 0), before, tf.mul(before, 0.2)) };
  }, { x: [2, 50, 3] });
  const faster = limitSlopes(program.program), got = await run(program, faster);
  assert.deepEqual(got, await run(program, program.program));
});

Deno.test("limitSlopes() takes the gradient of a rectifier without comparisons", async () => {
  const program = recorded(gradient((x) => tf.relu(x)), { x: [5] });
  const faster = limitSlopes(program.program);
  assert.deepEqual([count(faster, "Where"), count(faster, "HardSigmoid")], [0, 1]);
  const weights = floatsOf({ shape: [5] });
  const { gradient: got } = await run(program, faster, {
    feeds: { x: Float32Array.of(-Infinity, -2, 0, 1e-37, 3) },
  });
  assert.deepEqual(got, [0, 0, 0, 1, 1].map((slope, index) => slope * weights[index]));
});

const pooled = (x: tf.Tensor) => {
  const sum = tf.conv1d(x as tf.Tensor3D, tf.tensor3d(floatsOf({ shape: [3, 3, 3] }), [3, 3, 3]), 1, "same");
  const windows = tf.maxPool(
    tf.leakyRelu(tf.expandDims(sum, 2), 0.2) as tf.Tensor4D,
    [8, 1],
    [2, 1],
    "valid",
  );
  return tf.max(tf.leakyRelu(tf.squeeze(windows, [2]), 0.3), 1);
};

Deno.test("moveActivationsLast() puts rectifiers behind poolings, in both passes", async () => {
  const program = recorded(gradient(pooled), { x: [2, 50, 3] });
  const faster = moveActivationsLast(program.program);
  const widths = faster.nodes.filter(({ operator }) => operator === "Where").map(({ outputs }) =>
    outputs[0].shape[2] * outputs[0].shape[3]
  );
  // Of 50 samples pooling leaves 22, and the largest of them one.
  assert.deepEqual(widths, [1, 22]);
  const expected = await run(program, program.program), got = await run(program, faster);
  assertClose(got.gradient, expected.gradient);
});

Deno.test("moveActivationsLast() leaves a rectifier alone that somebody else reads", () => {
  const read = recorded(({ x }) => {
    const active = tf.leakyRelu(x, 0.2);
    return { largest: tf.max(active, 1), active };
  }, { x: [2, 50, 3] });
  assert.equal(moveActivationsLast(read.program), read.program);
  const summed = recorded(({ x }) => {
    const active = tf.leakyRelu(x, 0.2);
    return { y: tf.add(tf.max(active, 1), tf.sum(active, 1)) };
  }, { x: [2, 50, 3] });
  assert.equal(moveActivationsLast(summed.program), summed.program);
});
