import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { LOWERINGS } from "../../../src/onnx/lowerings/table.ts";
import { UNSUPPORTED } from "../../../src/onnx/lowerings/unsupported.ts";
import { onOnnx } from "./lazy_backend.ts";

Deno.test("each kernel of TensorFlow.js has a lowering, or is in the list of those that the cpu backend computes", () => {
  const names = tf.getKernelsForBackend("cpu").map(({ kernelName }) => kernelName);
  assert.ok(names.length > 150);
  assert.deepEqual(
    names.filter((name) => !(name in LOWERINGS) && !(name in UNSUPPORTED) && name !== tf.Multinomial),
    [],
  );
});

Deno.test("delegate() computes kernels whose shapes depend on values", () =>
  onOnnx(async () => {
    const x = tf.tensor1d([1, 2, 1]).mul(2);
    const { values, indices } = tf.unique(x);
    assert.deepEqual([[...values.dataSync()], [...indices.dataSync()]], [[2, 4], [0, 1, 0]]);
    const large = await tf.booleanMaskAsync(x, tf.greater(x, 3));
    assert.deepEqual([...large.dataSync()], [4]);
    const boxes = tf.tensor2d([[0, 0, 1, 1], [0, 0, 1, 0.9], [2, 2, 3, 3]]);
    const kept = tf.image.nonMaxSuppression(boxes, tf.tensor1d([0.5, 0.9, 0.8]), 3, 0.5);
    assert.deepEqual([...kept.dataSync()], [1, 2]);
    // One index gives no splits: a list of one tensor stays a list.
    const splits = [tf.tensor1d([0, 3, 3, 7, 9], "int32")];
    const ragged = tf.raggedGather(splits, tf.range(0, 9), tf.scalar(2, "int32"), 0);
    assert.deepEqual([...ragged.outputDenseValues.dataSync()], [3, 4, 5, 6]);
  }));

Deno.test("delegate() computes with complex numbers", () =>
  onOnnx(() => {
    const z = tf.complex([3, 0], [4, 2]);
    assert.deepEqual([...tf.abs(z).dataSync()], [5, 2]);
    assert.deepEqual([...tf.add(z, z).dataSync()], [6, 8, 0, 4]);
    assert.deepEqual([...tf.imag(tf.reshape(z, [2, 1])).mul(2).dataSync()], [8, 4]);
    // The transform of (1, 2) is its sum and its difference.
    assert.deepEqual([...tf.fft(tf.complex([1, 2], [0, 0])).dataSync()], [3, 0, -1, 0]);
  }));

Deno.test("delegate() computes with strings", () =>
  onOnnx(() => {
    const words = tf.tensor(["a", "b", "a"]);
    assert.deepEqual(tf.concat([words, words.slice([1], [1])]).arraySync(), ["a", "b", "a", "b"]);
    assert.deepEqual(tf.tile(words.slice([0], [1]), [2]).arraySync(), ["a", "a"]);
    assert.equal(tf.string.stringToHashBucketFast(words, 10).shape[0], 3);
  }));

Deno.test("delegate() leaves nothing on either backend", () =>
  onOnnx((backend) => {
    const cpu = tf.findBackend("cpu"), before = [backend.numDataIds(), cpu.numDataIds()];
    tf.tidy(() => {
      tf.fft(tf.complex([1, 2], [0, 0])).abs().dataSync();
      tf.unique(tf.tensor1d([1, 2, 1]));
    });
    assert.deepEqual([backend.numDataIds(), cpu.numDataIds()], before);
  }));
