import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { rowsInMemory } from "../../../src/formats/rows.ts";
import { exportOnnx } from "../../../src/onnx/files/export.ts";
import { openModel } from "../../../src/onnx/inference/open_model.ts";
import { type PredictOptions, predictRows } from "../../../src/onnx/inference/predict.ts";
import { floatsOf } from "../reference.ts";

const kernel = tf.variable(tf.tensor(floatsOf({ shape: [3, 2] }), [3, 2]));
const bytes = exportOnnx(({ x }) => ({ y: tf.matMul(tf.reshape(x, [-1, 3]), kernel) }), {
  inputs: { x: [null, 3, 1] },
  weights: { kernel },
});
const rows = rowsInMemory(floatsOf({ shape: [10, 3] }), 3);
const OPTIONS = { rowShape: [3, 1], input: "x", output: "y" };

async function collect({ batch, ...options }: PredictOptions & { batch?: number }) {
  const model = await openModel(bytes, { batch });
  const parts = await Array.fromAsync(predictRows(model, rows, options));
  await model.dispose();
  return parts;
}

Deno.test("predictRows() scores all rows in order, in batches of one size", async () => {
  const parts = await collect({ ...OPTIONS, batch: 4 });
  assert.deepEqual(parts.map(({ positions, columns }) => [[...positions], columns]), [
    [[0, 1, 2, 3], 2],
    [[4, 5, 6, 7], 2],
    [[8, 9], 2],
  ]);
  const expected = tf.matMul(tf.tensor(rows.read([...Array(10).keys()]), [10, 3]), kernel).dataSync();
  const actual = parts.flatMap(({ values }) => [...values]);
  assert.equal(actual.length, 20);
  actual.forEach((value, index) => assert.ok(Math.abs(value - expected[index]) < 1e-5));
});

Deno.test("predictRows() gives a row the same bits whatever rows lie beside it", async () => {
  const [all] = await collect(OPTIONS);
  const [some] = await collect({ ...OPTIONS, positions: [7, 7, 2] });
  assert.deepEqual([...some.positions], [7, 7, 2]);
  const row = (position: number) => all.values.slice(2 * position, 2 * position + 2);
  assert.deepEqual(some.values, Float32Array.of(...row(7), ...row(7), ...row(2)));
});

Deno.test("predictRows() refuses rows and outputs of another shape", async () => {
  await assert.rejects(collect({ ...OPTIONS, rowShape: [4] }), {
    name: "TypeError",
    message: /hold 4 numbers, got 3/,
  });
  await assert.rejects(collect({ ...OPTIONS, output: "z" }), {
    name: "TypeError",
    message: /"z" must hold 64 rows of float32, got y/,
  });
  await assert.rejects(collect({ ...OPTIONS, positions: [10] }), RangeError);
});
