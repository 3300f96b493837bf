import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { SessionCache } from "../../../src/onnx/lazy/session_cache.ts";
import { inOwnProcess } from "../resident_bytes.ts";
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

Deno.test("a thousand steps of training end at the memory of the hundredth", async () => {
  const script = new URL("train_thousand_steps.ts", import.meta.url);
  const [hundredth, last] = await inOwnProcess<{ open: number[]; bytes: number }[]>(script);
  assert.deepEqual(last.open, hundredth.open);
  // The weights and their moments are 1.5 MB: kept once a step they would be 1.4 GB.
  const grown = last.bytes - hundredth.bytes;
  assert.ok(grown < 3e8, `${grown / 1e6} MB more`);
});

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
