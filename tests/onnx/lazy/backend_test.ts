import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { useOnnxBackend } from "../../../src/onnx/lazy/use.ts";
import { onOnnx } from "./lazy_backend.ts";

Deno.test("LazyBackend computes nothing before a tensor is read, and then all that is referred to in one run", () =>
  onOnnx(async (backend) => {
    const x = tf.tensor1d([1, 2, 3]);
    const doubled = x.mul(2), root = doubled.add(2).sqrt(), sum = doubled.sum();
    assert.equal(backend.sessionCount, 0);
    assert.deepEqual([...await sum.data()], [12]);
    assert.equal(backend.sessionCount, 1);
    assert.deepEqual([...doubled.dataSync()], [2, 4, 6]);
    assert.deepEqual([...root.dataSync()], [2, Math.fround(Math.sqrt(6)), Math.fround(Math.sqrt(8))]);
    assert.equal(backend.sessionCount, 1);
  }));

Deno.test("LazyBackend opens one session for graphs that differ only in their numbers", () =>
  onOnnx((backend) => {
    for (let step = 0; step < 100; step++) {
      assert.deepEqual([...tf.tensor1d([step, 1]).mul(step).dataSync()], [step * step, step]);
    }
    assert.equal(backend.sessionCount, 1);
    tf.tensor1d([1, 2, 3]).mul(2).dataSync();
    assert.equal(backend.sessionCount, 2, "another shape is another graph");
  }));

Deno.test("LazyBackend cuts batches from data without a session for each place", () =>
  onOnnx((backend) => {
    const data = tf.range(0, 40).reshape([20, 2]);
    for (let row = 0; row < 20; row++) {
      assert.deepEqual([...data.slice([row, 0], [1, 2]).add(1).dataSync()], [2 * row + 1, 2 * row + 2]);
    }
    assert.equal(backend.sessionCount, 1);
  }));

Deno.test("LazyBackend.write() keeps what the caller's array held when the tensor was made", () =>
  onOnnx(() => {
    const numbers = Float32Array.of(1, 2), doubled = tf.tensor1d(numbers).mul(2);
    numbers[0] = 100;
    assert.deepEqual([...doubled.dataSync()], [2, 4]);
  }));

Deno.test("LazyBackend gives each tensor an array of its own", () =>
  onOnnx(() => {
    const x = tf.tensor1d([3, 1, 2]), first = x.add(1), second = x.add(1);
    first.dataSync().sort();
    assert.deepEqual([...second.dataSync()], [4, 2, 3]);
  }));

Deno.test("LazyBackend computes a graph that nobody reads before it grows without end", () =>
  onOnnx((backend) => {
    let x: tf.Tensor = tf.scalar(0);
    for (let step = 0; step < 5500; step++) x = x.add(1);
    assert.ok(backend.sessionCount > 0, "a part of the chain was computed");
    assert.deepEqual([...x.dataSync()], [5500]);
  }));

Deno.test("LazyBackend computes an assigned variable when the next step reads it, so that all steps share a session", () =>
  onOnnx((backend) => {
    const total = tf.variable(tf.scalar(0));
    for (let step = 0; step < 50; step++) total.assign(total.add(step));
    assert.equal(backend.sessionCount, 1);
    assert.deepEqual([...total.dataSync()], [1225]);
  }));

Deno.test("LazyBackend shares the data of a tensor with its clones and other shapes", () =>
  onOnnx((backend) => {
    const x = tf.tensor2d([[1, 2], [3, 4]]), before = backend.numDataIds();
    const flat = x.reshape([4]), column = flat.expandDims(1), copy = x.clone();
    assert.equal(backend.numDataIds(), before);
    x.dispose();
    assert.deepEqual([copy.arraySync(), flat.arraySync()], [[[1, 2], [3, 4]], [1, 2, 3, 4]]);
    assert.deepEqual(column.add(1).arraySync(), [[2], [3], [4], [5]]);
    for (const view of [flat, column, copy]) view.dispose();
    assert.ok(backend.numDataIds() < before + 1);
  }));

Deno.test("LazyBackend computes int32 and bool as TensorFlow.js does", () =>
  onOnnx(() => {
    const a = tf.tensor1d([7, -7], "int32"), b = tf.tensor1d([2, 2], "int32");
    const quotient = tf.floorDiv(a, b), smaller = tf.less(a, b);
    assert.deepEqual([quotient.dtype, [...quotient.dataSync()]], ["int32", [3, -4]]);
    assert.deepEqual([smaller.dtype, [...smaller.dataSync()]], ["bool", [0, 1]]);
    assert.deepEqual([...tf.sum(smaller).dataSync()], [1]);
    assert.equal(tf.backend().epsilon(), 1e-7);
  }));

Deno.test("LazyBackend gives its tensors to another backend and takes them back", () =>
  onOnnx(async () => {
    const x = tf.tensor1d([1, 2]).mul(3);
    await tf.setBackend("cpu");
    const y = x.add(1);
    assert.deepEqual([...y.dataSync()], [4, 7]);
    await tf.setBackend("onnx");
    assert.deepEqual([...y.add(x).dataSync()], [7, 13]);
  }));

Deno.test("LazyBackend works under tf.time and tf.profile", () =>
  onOnnx(async () => {
    const x = tf.ones([64, 64]);
    const { kernelMs } = await tf.time(() => tf.matMul(x as tf.Tensor2D, x as tf.Tensor2D));
    assert.ok(Number(kernelMs) > 0);
    const { kernelNames, newTensors } = await tf.profile(() => x.mul(2).sum());
    assert.deepEqual([kernelNames.sort(), newTensors], [["Multiply", "Sum"], 2]);
  }));

Deno.test("LazyBackend refuses a tensor that is disposed, and threads that are no count", () =>
  onOnnx((backend) => {
    const x = tf.tensor1d([1]);
    x.dispose();
    assert.throws(() => x.dataSync(), /disposed/);
    assert.throws(
      () => backend.readSync(x.dataId),
      new Error("Cannot use a tensor: it must hold values still, got one that is disposed"),
    );
    assert.throws(() => backend.runtime = { threads: 0, block: undefined }, {
      name: "RangeError",
      message: "Cannot compute: threads must be a whole number from 1 up, got 0",
    });
  }));

Deno.test("LazyBackend tells of a tensor that cannot be computed when that one is read, and computes the others", () =>
  onOnnx(() => {
    const x = tf.tensor1d([1, 2]), position = tf.tensor1d([5], "int32");
    const beyond = tf.gather(x, position), doubled = x.mul(2);
    assert.deepEqual([...doubled.dataSync()], [2, 4]);
    assert.throws(() => beyond.dataSync(), /^Error: Cannot compute a tensor: .*out of data bounds/s);
  }));

Deno.test("useOnnxBackend() computes with as many threads as it is told, and keeps what there was", () =>
  onOnnx(async (backend) => {
    const x = tf.tensor1d([1, 2]), doubled = x.mul(2);
    x.add(1).dataSync();
    await useOnnxBackend({ threads: 2 });
    assert.equal(tf.backend(), backend);
    assert.equal(backend.sessionCount, 0, "sessions with another number of threads are closed");
    assert.deepEqual([...doubled.add(x).dataSync()], [3, 6]);
    await assert.rejects(useOnnxBackend({ threads: 1.5 }), RangeError);
  }));
