/**
 * The backends that tests can run on.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Lowering } from "../src/onnx/graph/operand.ts";

/** A backend under test. */
export interface TestedBackend {
  /** Its name in TensorFlow.js. */
  readonly name: string;
  /** Whether `dataSync` works on it. */
  readonly isDataSync: boolean;
}

/** Makes a backend ready; tells each kernel that the backend computes itself and does not leave to another. */
export type LoadBackend = (onKernel: (kernelName: string) => void) => Promise<TestedBackend>;

/** The backends by their name on the command line; ours is loaded only when it is chosen, since it replaces gradients for all. */
export const BACKENDS = {
  async onnx(onKernel) {
    const { LOWERINGS } = await import("../src/onnx/lowerings/table.ts");
    const { LazyBackend } = await import("../src/onnx/lazy/backend.ts");
    const { useOnnxBackend } = await import("../src/onnx/lazy/use.ts");
    const counted = Object.entries<Lowering>(LOWERINGS).map(([kernelName, lower]): [string, Lowering] => [
      kernelName,
      (call) => {
        onKernel(kernelName);
        return lower(call);
      },
    ]);
    // Before the backend takes them from the table; a kernel that it computes without its lowering does not count.
    Object.assign(LOWERINGS, Object.fromEntries(counted));
    // It cuts tensors in memory there; here they are to go through the lowerings of slices.
    LazyBackend.prototype.holds = () => false;
    await useOnnxBackend();
    return { name: "onnx", isDataSync: true };
  },
  cpu(onKernel) {
    const name = "cpu";
    for (const kernel of tf.getKernelsForBackend(name)) {
      tf.unregisterKernel(kernel.kernelName, name);
      tf.registerKernel({
        ...kernel,
        kernelFunc(call) {
          onKernel(kernel.kernelName);
          return kernel.kernelFunc(call);
        },
      });
    }
    return Promise.resolve({ name, isDataSync: true });
  },
} as const satisfies Record<string, LoadBackend>;

/** A name of the table. */
export type BackendName = keyof typeof BACKENDS;
