/** Gradients where others go wrong: ties, zeros, borders, repeated axes and positions. Expected values are worked by hand. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { REPLACED_GRADIENTS } from "../../../src/onnx/gradients/table.ts";
import { compile } from "../../../src/onnx/programs/compile.ts";

/** The gradient of the sum, on the `cpu` backend. */
const gradient = (fn: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor) =>
  tf.tidy(() => [...tf.grad((x) => tf.sum(fn(x)))(x).dataSync()]);

/** The gradients of the sum for two inputs, of a compiled program. */
async function compiledGradients(
  fn: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  inputs: readonly [tf.Tensor, tf.Tensor],
): Promise<number[][]> {
  const program = await compile(({ a, b }) => {
    const [da, db] = tf.grads((a, b) => tf.sum(fn(a, b)))([a, b]);
    return { da, db };
  }, { inputs: { a: inputs[0].shape, b: inputs[1].shape } });
  const [a, b] = inputs.map((input) => input.dataSync<"float32">());
  const { da, db } = await program.run({ a, b });
  await program.dispose();
  return [[...da], [...db]];
}

Deno.test("REPLACED_GRADIENTS says of each gradient what is missing or wrong in TensorFlow.js", () => {
  for (const [kernel, { why }] of Object.entries(REPLACED_GRADIENTS)) {
    assert.match(why, /^TensorFlow\.js .*/, kernel);
    assert.equal(
      tf.getGradient(kernel).gradFunc,
      REPLACED_GRADIENTS[kernel as keyof typeof REPLACED_GRADIENTS].gradFunc,
    );
  }
});

Deno.test("the gradient of pow at 0 is 0 for the power 0 and 1 for the power 1", () => {
  const powers = tf.tensor([0, 1, 2]);
  assert.deepEqual(gradient((x) => tf.pow(x, powers), tf.zeros([3])), [0, 1, 0]);
  assert.deepEqual(gradient((y) => tf.pow(tf.zeros([3]), y), powers), [0, 0, 0]);
  assert.deepEqual(gradient((y) => tf.pow(tf.scalar(1), y), tf.zeros([2, 2])), [0, 0, 0, 0]);
});

Deno.test("the gradient of abs at 0 is 0, and steps have none", () => {
  assert.deepEqual(gradient((x) => tf.abs(x), tf.tensor([-2, 0, 3])), [-1, 0, 1]);
  const x = tf.tensor([1.5, -2.5]);
  assert.deepEqual(gradient((x) => tf.mul(x, tf.cast(tf.cast(x, "int32"), "float32")), x), [1, -2]);
  assert.deepEqual(gradient((x) => tf.mul(x, tf.floorDiv(x, tf.scalar(2))), x), [0, -2]);
});

Deno.test("the gradient of clipByValue passes at the bounds themselves, as PyTorch's clamp does", () => {
  assert.deepEqual(gradient((x) => tf.clipByValue(x, -1, 1), tf.tensor([-2, -1, 0, 1, 2])), [0, 1, 1, 1, 0]);
});

Deno.test("the gradient of prelu is summed over the axes along which its slopes are repeated", () => {
  const x = tf.tensor([[-1, 2], [-3, -4]]);
  assert.deepEqual(gradient((alpha) => tf.prelu(x, alpha), tf.tensor([0.1, 0.2])), [-4, -4]);
});

Deno.test("the gradient of cumprod holds where elements are 0", () => {
  const x = tf.tensor([2, 0, 3, 4]);
  assert.deepEqual(gradient((x) => tf.cumprod(x), x), [1, 2 + 6 + 24, 0, 0]);
  assert.deepEqual(gradient((x) => tf.cumprod(x, 0, true), x), [1, 2 + 6, 0, 0]);
  assert.deepEqual(gradient((x) => tf.cumprod(x, 0, false, true), x), [0, 24 + 12, 4, 3 + 1]);
  assert.deepEqual(gradient((x) => tf.cumprod(tf.reshape(x, [2, 2]), 0), x), [4, 5, 2, 0]);
});

Deno.test("the gradient of mirrorPad folds the border back", () => {
  const weights = tf.tensor([1, 2, 3, 4, 5, 6]), x = tf.tensor([7, 8, 9]);
  // 9 8 7 8 9 8, and 8 7 7 8 9 9.
  assert.deepEqual(gradient((x) => tf.mul(weights, tf.mirrorPad(x, [[2, 1]], "reflect")), x), [3, 12, 6]);
  assert.deepEqual(gradient((x) => tf.mul(weights, tf.mirrorPad(x, [[2, 1]], "symmetric")), x), [5, 5, 11]);
});

Deno.test("the gradient of tile sums the copies of five axes", () => {
  const x = tf.tensor([1, 2], [1, 1, 2, 1, 1]);
  assert.deepEqual(gradient((x) => tf.tile(x, [2, 1, 2, 1, 3]), x), [12, 12]);
});

Deno.test("the gradient of gather goes to what was read, and passes positions that depend on the input over", () => {
  const x = tf.tensor([[1, 5, 2], [4, 0, 3]]);
  const positions = tf.tensor([[1, 1], [2, 0]], [2, 2], "int32");
  assert.deepEqual(gradient((x) => tf.gather(x, positions, 1, 1), x), [0, 2, 0, 1, 0, 1]);
  assert.deepEqual(gradient((x) => tf.gather(x, tf.argMax(x, 0) as tf.Tensor1D), x), [1, 1, 1, 2, 2, 2]);
});

Deno.test("the gradient of unsortedSegmentSum leaves slices of no segment out", () => {
  const numbers = tf.tensor1d([1, -1, 0, 7], "int32");
  const weights = tf.tensor([10, 20]);
  const x = tf.tensor([1, 2, 3, 4]);
  assert.deepEqual(gradient((x) => tf.mul(weights, tf.unsortedSegmentSum(x, numbers, 2)), x), [20, 0, 10, 0]);
});

Deno.test("whether any or all hold, and where a number belongs, has no gradient", () => {
  const x = tf.tensor([[1, -2], [3, 4]]), edges = tf.tensor([0, 2]);
  const held = (x: tf.Tensor) =>
    tf.cast(tf.logicalOr(tf.any(tf.greater(x, 2), 1), tf.all(tf.less(x, 0), 1)), "float32");
  assert.deepEqual(gradient((x) => tf.mul(x, tf.expandDims(held(x), 1)), x), [0, 0, 1, 1]);
  const places = (x: tf.Tensor) => tf.cast(tf.searchSorted(edges, tf.reshape(x, [4])), "float32");
  assert.deepEqual(gradient((x) => tf.mul(tf.reshape(x, [4]), places(x)), x), [1, 0, 2, 2]);
});

Deno.test("the gradient of topk goes to the first of equals", () => {
  assert.deepEqual(gradient((x) => tf.topk(x, 1).values, tf.tensor([[3, 3, 1], [0, 2, 2]])), [
    1,
    0,
    0,
    0,
    1,
    0,
  ]);
  assert.deepEqual(gradient((x) => tf.topk(x, 2).values, tf.tensor([3, 3, 1])), [1, 1, 0]);
});

Deno.test("the gradient of sparseToDense goes to the elements and to what fills the rest", () => {
  const indices = tf.tensor1d([3, 0], "int32"), weights = tf.tensor([1, 2, 4, 8]);
  const dense = (values: tf.Tensor, rest: tf.Tensor) =>
    tf.mul(weights, tf.sparseToDense(indices, values, [4], rest as tf.Scalar));
  assert.deepEqual(gradient((values) => dense(values, tf.scalar(0)), tf.tensor([5, 6])), [8, 1]);
  assert.deepEqual(gradient((rest) => dense(tf.tensor([5, 6]), rest), tf.scalar(0)), [6]);
});

Deno.test("the gradient of einsum reaches axes that one input has alone", async () => {
  const a = tf.tensor([[1, 2, 3], [4, 5, 6]]), b = tf.tensor([10, 20]);
  // y[j, k] = (a[0, j] + a[1, j]) b[k]
  assert.deepEqual(await compiledGradients((a, b) => tf.einsum("ij,k->jk", a, b), [a, b]), [
    [30, 30, 30, 30, 30, 30],
    [21, 21],
  ]);
});

Deno.test("the gradient of matMul is summed over batch axes that broadcast", async () => {
  const a = tf.tensor([2, 3], [2, 1, 1, 1]), b = tf.tensor([5, 7, 11], [3, 1, 1]);
  assert.deepEqual(await compiledGradients((a, b) => tf.matMul(a, b), [a, b]), [[23, 23], [5, 5, 5]]);
  assert.deepEqual(await compiledGradients((a, b) => tf.matMul(a, b, true, true), [a, b]), [[23, 23], [
    5,
    5,
    5,
  ]]);
});
