/** Gradients that TensorFlow.js lacks or has wrong: by hand, and against differences of the forward value. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compile } from "../../../src/onnx/programs/compile.ts";
import { assertClose, floatsOf } from "../reference.ts";

const gradient = (fn: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor) =>
  tf.tidy(() => [...tf.grad((x) => tf.sum(fn(x)))(x).dataSync()]);

Deno.test("the gradient of max and min is shared between ties", () => {
  const x = tf.tensor([[1, 3, 3], [2, 2, 2]]);
  const third = Math.fround(1 / 3);
  assert.deepEqual(gradient((x) => tf.max(x, 1), x), [0, 0.5, 0.5, third, third, third]);
  assert.deepEqual(gradient((x) => tf.min(x, -1, true), x), [1, 0, 0, third, third, third]);
  assert.deepEqual(gradient((x) => tf.max(x), x), [0, 0.5, 0.5, 0, 0, 0]);
});

Deno.test("the gradient of maximum and minimum is shared between equals and summed over repeated axes", () => {
  const limits = tf.tensor([0, 2]);
  const x = tf.tensor([[-1, 2], [0, 5]]);
  assert.deepEqual(gradient((x) => tf.maximum(x, limits), x), [0, 0.5, 0.5, 1]);
  assert.deepEqual(gradient((limits) => tf.maximum(x, limits), limits), [1.5, 0.5]);
  assert.deepEqual(gradient((limits) => tf.minimum(limits, x), limits), [0.5, 1.5]);
});

Deno.test("the gradient of squaredDifference is summed over repeated axes", () => {
  assert.deepEqual(gradient((b) => tf.squaredDifference(tf.tensor([1, 2, 4]), b), tf.scalar(1)), [
    -2 * (0 + 1 + 3),
  ]);
});

Deno.test("the gradient of cumsum holds for an axis that is not the last", () => {
  const weights = tf.tensor([[1, 10], [2, 20], [3, 30]]);
  const x = tf.zeros([3, 2]);
  assert.deepEqual(gradient((x) => tf.mul(weights, tf.cumsum(x, 0)), x), [6, 60, 5, 50, 3, 30]);
});

Deno.test("the gradient of prod is the product of the others, zeros included", () => {
  const x = tf.tensor([[2, 3, 4], [0, 5, 6]]);
  assert.deepEqual(gradient((x) => tf.prod(x, -1), x), [12, 8, 6, 30, 0, 0]);
  assert.deepEqual(gradient((x) => tf.prod(x, 0), x), [0, 5, 6, 2, 3, 4]);
  assert.deepEqual(gradient((x) => tf.prod(x), x), [0, 0, 0, 720, 0, 0]);
});

Deno.test("a comparison lets the rest be differentiated", () => {
  const x = tf.tensor([-1, 2]);
  assert.deepEqual(gradient((x) => tf.where(tf.greater(x, 0), tf.mul(x, 3), x), x), [1, 3]);
  assert.deepEqual(
    gradient((x) => tf.where(tf.logicalNot(tf.logicalOr(tf.less(x, 0), tf.equal(x, 7))), tf.mul(x, 3), x), x),
    [1, 3],
  );
});

Deno.test("average-pooling with same padding has the gradient of its forward value", async () => {
  const shape = [1, 5, 4, 2];
  const weights = tf.tensor(floatsOf({ shape: [1, 3, 2, 2], from: 0.1 }), [1, 3, 2, 2]);
  const value = (x: tf.Tensor) => tf.sum(tf.mul(weights, tf.avgPool(x as tf.Tensor4D, [3, 2], 2, "same")));
  const program = await compile(({ x }) => ({ gradient: tf.grad(value)(x) }), { inputs: { x: shape } });
  const x = floatsOf({ shape });
  // The value is linear: its differences are its gradient.
  const differences = Array.from(x, (_, index) => {
    const unit = new Float32Array(x.length);
    unit[index] = 1;
    return tf.tidy(() => value(tf.tensor(unit, shape)).dataSync()[0]);
  });
  assertClose((await program.run({ x })).gradient, differences);
  await program.dispose();
});

Deno.test("max-pooling gives each window's gradient to its first maximum, where windows overlap too", async () => {
  const program = await compile(({ x }) => {
    const pooled = (x: tf.Tensor) => tf.sum(tf.maxPool(x as tf.Tensor4D, [1, 3], 1, "valid"));
    return { gradient: tf.grad(pooled)(x) };
  }, { inputs: { x: [1, 1, 6, 1] } });
  // Windows 1 5 2, 5 2 4, 2 4 4, 4 4 0: maxima 5, 5, 4, 4.
  assert.deepEqual([...(await program.run({ x: Float32Array.of(1, 5, 2, 4, 4, 0) })).gradient], [
    0,
    2,
    0,
    2,
    0,
    0,
  ]);
  await program.dispose();
});
