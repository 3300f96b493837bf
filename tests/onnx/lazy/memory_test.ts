import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { SessionCache } from "../../../src/onnx/lazy/session_cache.ts";
import { onOnnx } from "./lazy_backend.ts";

Deno.test("ten thousand operations leave no tensor, no entry and no session behind", () =>
  onOnnx((backend) => {
    const x = tf.randomNormal([64, 64]), before = [tf.memory().numTensors, backend.numDataIds()];
    for (let round = 0; round < 1000; round++) {
      tf.tidy(() => {
        let y: tf.Tensor = x;
        for (let operation = 0; operation < 10; operation++) y = operation % 2 === 0 ? y.mul(0.5) : y.add(x);
        if (round % 2 === 0) y.dataSync();
      });
    }
    assert.deepEqual([tf.memory().numTensors, backend.numDataIds()], before);
    assert.equal(backend.sessionCount, 1);
  }));

Deno.test("a thousand steps of training end at the memory of the hundredth", () =>
  onOnnx((backend) => {
    const x = tf.randomNormal([32, 512]) as tf.Tensor2D, optimizer = tf.train.adam(0.001);
    const weights = tf.variable(tf.randomNormal([512, 256]) as tf.Tensor2D);
    const loss = () => tf.mean(tf.square(tf.matMul(x, weights))).asScalar();
    const counts = () => [tf.memory().numTensors, backend.numDataIds(), backend.sessionCount];
    let hundredth: number[] = [], rssThen = 0;
    for (let step = 0; step < 1000; step++) {
      optimizer.minimize(loss);
      if (step === 100) [hundredth, rssThen] = [counts(), Deno.memoryUsage().rss];
    }
    assert.deepEqual(counts(), hundredth);
    // The weights and their moments are 1.5 MB: kept once a step they would be 1.4 GB. The collector of garbage takes its time.
    assert.ok(Deno.memoryUsage().rss - rssThen < 6e8, `${(Deno.memoryUsage().rss - rssThen) / 1e6} MB more`);
  }));

Deno.test("the number of open sessions is bounded, however many shapes there are", () =>
  onOnnx((backend) => {
    for (let length = 1; length <= 100; length++) tf.ones([length]).mul(2).dataSync();
    assert.equal(backend.sessionCount, 64);
  }));

Deno.test("SessionCache closes the session that was unused for longest", () => {
  const closed: string[] = [], cache = new SessionCache({ sessions: 2, bytes: 100 });
  const use = (key: string) =>
    cache.get(key, () => ({ bytes: 10, run: () => [], dispose: () => void closed.push(key) }));
  for (const key of ["a", "b", "a", "c"]) use(key);
  assert.deepEqual([closed, cache.size], [["b"], 2]);
  cache.clear();
  assert.deepEqual([closed, cache.size], [["b", "a", "c"], 0]);
});

Deno.test("SessionCache closes sessions until the others fit in memory, and keeps the one that is asked for", () => {
  const closed: string[] = [], cache = new SessionCache({ sessions: 9, bytes: 100 });
  const use = (key: string, bytes: number) =>
    cache.get(key, () => ({ bytes, run: () => [], dispose: () => void closed.push(key) }));
  use("a", 40);
  use("b", 60);
  assert.deepEqual(closed, []);
  use("c", 50);
  assert.deepEqual(closed, ["a", "b"]);
  use("d", 1000);
  assert.deepEqual([closed, cache.size], [["a", "b", "c"], 1]);
});

Deno.test("tf.removeBackend closes the sessions of the backend", () =>
  onOnnx((backend) => {
    tf.tensor1d([1]).mul(2).dataSync();
    assert.equal(backend.sessionCount, 1);
    tf.removeBackend("onnx");
    assert.equal(backend.sessionCount, 0);
  }));
