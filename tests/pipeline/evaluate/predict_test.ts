import assert from "node:assert/strict";
import { readModel } from "../../../src/pipeline/evaluate/model.ts";
import { type PredictionTimes, predictWindows } from "../../../src/pipeline/evaluate/predict.ts";
import type { ReadyWindow } from "../../../src/pipeline/evaluate/windows.ts";
import { modelFile, SAMPLES } from "./model_file.ts";
import { rowOf } from "./places.ts";

const model = readModel(modelFile(), { file: "m.onnx" });

/** The window of row `i` sums to `i / 100`, so that its probability of the last class is known. */
async function* windows(count: number): AsyncGenerator<ReadyWindow> {
  for (let row = 0; row < count; row++) {
    yield await Promise.resolve({
      place: rowOf("w.npy", row),
      values: Float32Array.from({ length: SAMPLES }, (_, i) => i === 0 ? row / 100 : 0),
    });
  }
}

async function predict(count: number, { batch, threads }: { batch: number; threads: number }) {
  const times: PredictionTimes = { sessions: 0, inference: 0 };
  const parts = await Array.fromAsync(predictWindows(windows(count), { model, batch, threads, times }));
  return { parts, predicted: parts.flat(), times };
}

Deno.test("predictWindows() predicts every window, in order", async () => {
  const { predicted } = await predict(50, { batch: 8, threads: 2 });
  assert.equal(predicted.length, 50);
  for (const [row, { place, probabilities: [calm, stress] }] of predicted.entries()) {
    assert.equal(place.id, `w.npy@${row}+1`);
    assert.ok(Math.abs(stress - 1 / (1 + Math.exp(-row / 100))) < 1e-6, `${row}: ${stress}`);
    assert.ok(Math.abs(calm + stress - 1) < 1e-6);
  }
});

Deno.test("predictWindows() gives the same bits whatever the number of sessions", async () => {
  const [one, two] = [
    await predict(90, { batch: 8, threads: 1 }),
    await predict(90, { batch: 8, threads: 2 }),
  ];
  assert.deepEqual(one.predicted, two.predicted);
  assert.deepEqual([one.times.sessions, two.times.sessions], [1, 2]);
  assert.ok(one.times.inference > 0);
});

Deno.test("predictWindows() starts no more sessions than there are batches", async () => {
  const { parts, times } = await predict(5, { batch: 8, threads: 4 });
  assert.deepEqual([parts.length, times.sessions], [1, 1]);
});

Deno.test("predictWindows() reads ahead a few batches and no further", async () => {
  let read = 0;
  async function* counted() {
    for await (const window of windows(1000)) {
      read++;
      yield window;
    }
  }
  const times: PredictionTimes = { sessions: 0, inference: 0 };
  for await (const _ of predictWindows(counted(), { model, batch: 8, threads: 1, times })) break;
  assert.ok(read <= 3 * 8, String(read));
});

Deno.test("predictWindows() refuses what ONNX Runtime refuses, and probabilities that are not finite", async () => {
  const times: PredictionTimes = { sessions: 0, inference: 0 }, options = { batch: 8, threads: 1, times };
  const broken = { ...model, bytes: model.bytes.slice(0, 100) };
  await assert.rejects(Array.fromAsync(predictWindows(windows(5), { ...options, model: broken })), {
    name: "RangeError",
  });
  async function* infinite() {
    for await (const { place, values } of windows(2)) yield { place, values: values.fill(Infinity) };
  }
  await assert.rejects(Array.fromAsync(predictWindows(infinite(), { ...options, model })), {
    name: "RangeError",
    message: /^Cannot predict w\.npy@0\+1: the probabilities must be finite, got NaN/,
  });
});
