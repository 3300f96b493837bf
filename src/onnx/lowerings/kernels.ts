/**
 * The kernels of a backend, registered from the table of lowerings.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Lowering } from "../graph/operand.ts";
import { LOWERINGS } from "./table.ts";

/** What a backend does with a kernel of each kind. */
export interface Kernels {
  /** A kernel that has a lowering. */
  lowered(kernelName: string, lower: Lowering): tf.KernelFunc;
  /** A kernel that the `cpu` backend of TensorFlow.js has, and the table has not. */
  other(kernelName: string): tf.KernelFunc;
}

/** Registers every kernel that TensorFlow.js can ask for. */
export function registerKernels(backendName: string, kernels: Kernels): void {
  const table: Readonly<Record<string, Lowering>> = LOWERINGS;
  for (const [kernelName, lower] of Object.entries(table)) {
    tf.registerKernel({ kernelName, backendName, kernelFunc: kernels.lowered(kernelName, lower) });
  }
  for (const { kernelName } of tf.getKernelsForBackend("cpu")) {
    if (kernelName in table) continue;
    tf.registerKernel({ kernelName, backendName, kernelFunc: kernels.other(kernelName) });
  }
}
