/**
 * TensorFlow.js on ONNX Runtime, without compiling.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
// Gradients that TensorFlow.js lacks or has wrong come with it.
import "../gradients/table.ts";
import { blockSize } from "../optimize/block_size.ts";
import { BACKEND_NAME, LazyBackend } from "./backend.ts";
import { registerLazyKernels } from "./kernels.ts";

/** How values are computed. */
export interface OnnxBackendOptions {
  /** Threads of one operator; another number gives other rounding. Default 1. */
  readonly threads?: number;
}

/**
 * Makes ONNX Runtime the backend of TensorFlow.js, under the name `onnx`.
 *
 * Any program of TensorFlow.js runs on it. An operation is only noted; when a tensor is read (`data`, `dataSync`, `print`), the graph of
 * everything that is noted and still referred to is computed in one run, and its values are kept. Sessions are kept by the structure of
 * the graph, so that a loop opens one and goes on with it. `compile` does without the noting and is faster.
 *
 * What nobody reads is computed too before it grows without end: when 5,000 nodes are noted, and when a variable is read whose
 * assigned value is noted only, which is where one step of a training loop ends.
 *
 * Kernels without a lowering (src/onnx/lowerings/unsupported.ts), strings and complex numbers are computed by the `cpu` backend of
 * TensorFlow.js. Random numbers are drawn by TensorFlow.js. Throws RangeError for a thread count that is not a whole number from 1 up.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * await useOnnxBackend();
 * const slope = tf.variable(tf.scalar(0));
 * const x = tf.tensor1d([1, 2, 3]);
 * const loss = () => tf.losses.meanSquaredError(tf.mul(x, 2), tf.mul(x, slope)).asScalar();
 * for (let step = 0; step < 50; step++) tf.train.sgd(0.05).minimize(loss);
 * assert.ok(Math.abs((await slope.data())[0] - 2) < 1e-5);
 * await tf.setBackend("cpu");
 * ```
 */
export async function useOnnxBackend({ threads = 1 }: OnnxBackendOptions = {}): Promise<void> {
  const runtime = { threads, block: await blockSize() };
  if (tf.getKernelsForBackend(BACKEND_NAME).length === 0) {
    registerLazyKernels();
    passOverAdvice();
  }
  if (!tf.findBackendFactory(BACKEND_NAME)) {
    tf.registerBackend(BACKEND_NAME, () => new LazyBackend(runtime), 0);
  }
  const backend = tf.findBackend(BACKEND_NAME);
  if (backend instanceof LazyBackend) backend.runtime = runtime;
  await tf.setBackend(BACKEND_NAME);
}

/** Its first tensor makes the `cpu` backend print the advice to install another backend, which holds no longer. */
function passOverAdvice(): void {
  const environment = tf.env(), isProduction = environment.getBool("PROD"), cpu = tf.findBackend("cpu");
  environment.set("PROD", true);
  cpu.disposeData(cpu.write(Float32Array.of(0), [1], "float32"));
  environment.set("PROD", isProduction);
}
