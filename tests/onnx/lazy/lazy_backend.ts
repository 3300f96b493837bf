/** The backend under test, and programs run on it and on the `cpu` backend of TensorFlow.js. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { LazyBackend } from "../../../src/onnx/lazy/backend.ts";
import { useOnnxBackend } from "../../../src/onnx/lazy/use.ts";

/** Runs a test on the lazy backend, with the `cpu` backend back afterwards. */
export async function onOnnx(run: (backend: LazyBackend) => void | Promise<void>): Promise<void> {
  await useOnnxBackend();
  try {
    const backend = tf.backend();
    assert.ok(backend instanceof LazyBackend);
    await run(backend);
  } finally {
    if (tf.findBackendFactory("onnx")) tf.removeBackend("onnx");
    await tf.setBackend("cpu");
  }
}
