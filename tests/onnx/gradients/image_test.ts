/** Operations on images that the `cpu` backend of TensorFlow.js has wrong or cannot differentiate. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compile } from "../../../src/onnx/programs/compile.ts";
import { assertClose, floatsOf } from "../reference.ts";

type Linear = (x: tf.Tensor) => tf.Tensor;

/** A sum of fixed weights times the operation's value. */
const weighted = (run: Linear) => (x: tf.Tensor) => {
  const y = run(x);
  return tf.sum(tf.mul(tf.tensor(floatsOf({ shape: y.shape, from: 0.1 }), y.shape), y)) as tf.Tensor;
};

const LINEAR: Record<string, { readonly shape: number[]; readonly run: Linear }> = {
  "depthToSpace": { shape: [2, 2, 3, 8], run: (x) => tf.depthToSpace(x as tf.Tensor4D, 2) },
  "flipLeftRight": { shape: [2, 2, 5, 3], run: (x) => tf.image.flipLeftRight(x as tf.Tensor4D) },
  "resizeBilinear of half pixels": {
    shape: [2, 3, 4, 1],
    run: (x) => tf.image.resizeBilinear(x as tf.Tensor4D, [5, 7], false, true),
  },
  "resizeNearestNeighbor with aligned corners": {
    shape: [2, 3, 4, 1],
    run: (x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [5, 7], true),
  },
  "avgPool3d with padding": {
    shape: [2, 3, 4, 3, 1],
    run: (x) => tf.avgPool3d(x as tf.Tensor5D, [2, 3, 2], [2, 1, 2], "same"),
  },
};

for (const [name, { shape, run }] of Object.entries(LINEAR)) {
  Deno.test(`the gradient of ${name} is the one of its forward value`, async () => {
    const value = weighted(run);
    const program = await compile(({ x }) => ({ gradient: tf.grad(value)(x) }), { inputs: { x: shape } });
    const { gradient } = await program.run({ x: floatsOf({ shape }) });
    await program.dispose();
    // The value is linear: its differences are its gradient.
    const differences = Array.from(gradient, (_, index) => {
      const unit = new Float32Array(gradient.length);
      unit[index] = 1;
      return tf.tidy(() => value(tf.tensor(unit, shape)).dataSync()[0]);
    });
    assertClose(gradient, differences, { what: name });
  });
}

for (const withBatch of [false, true]) {
  const places = withBatch ? "with" : "without";
  Deno.test(`the gradient of maxPoolWithArgmax goes where the positions ${places} the batch say`, async () => {
    const program = await compile(({ x }) => {
      const pooled = (x: tf.Tensor) =>
        tf.maxPoolWithArgmax(x as tf.Tensor4D, [1, 2], [1, 1], "valid", withBatch);
      const value = (x: tf.Tensor) =>
        tf.sum(tf.mul(pooled(x).result, [[[[1], [10]]], [[[2], [20]]]])) as tf.Tensor;
      return { gradient: tf.grad(value)(x), positions: pooled(x).indexes };
    }, { inputs: { x: [2, 1, 3, 1] } });
    // Windows 1 5, 5 2 and 7 3, 3 4: maxima 5, 5 and 7, 4.
    const { gradient, positions } = await program.run({ x: Float32Array.of(1, 5, 2, 7, 3, 4) });
    await program.dispose();
    assert.deepEqual([...gradient], [0, 11, 0, 2, 0, 20]);
    assert.deepEqual([...positions], withBatch ? [1, 1, 3, 5] : [1, 1, 0, 2]);
  });
}

Deno.test("maxPool3d gives each window's gradient to its first maximum", async () => {
  const program = await compile(({ x }) => {
    const pooled = (x: tf.Tensor) =>
      tf.sum(tf.maxPool3d(x as tf.Tensor5D, [1, 1, 3], 1, "valid")) as tf.Tensor;
    return { gradient: tf.grad(pooled)(x) };
  }, { inputs: { x: [1, 1, 1, 6, 1] } });
  // Windows 1 5 2, 5 2 4, 2 4 4, 4 4 0: maxima 5, 5, 4, 4.
  const { gradient } = await program.run({ x: Float32Array.of(1, 5, 2, 4, 4, 0) });
  await program.dispose();
  assert.deepEqual([...gradient], [0, 2, 0, 2, 0, 0]);
});

Deno.test("transform moves each image of a batch by its own transformation", async () => {
  const transforms = [[1, 0, 1, 0, 1, 0, 0, 0], [1, 0, 0, 0, 1, -1, 0, 0]];
  const program = await compile(({ x }) => ({
    moved: tf.image.transform(x as tf.Tensor4D, tf.tensor2d(transforms), "nearest", "constant", 9),
  }), { inputs: { x: [2, 2, 2, 1] } });
  const { moved } = await program.run({ x: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) });
  await program.dispose();
  // One column to the left, and one row down.
  assert.deepEqual([...moved], [2, 9, 4, 9, 9, 9, 5, 6]);
});
