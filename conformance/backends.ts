/**
 * The backends that tests can run on.
 *
 * @module
 */
import type { NamedTensorInfoMap } from "@tensorflow/tfjs";

/** A backend under test. */
export interface TestedBackend {
  /** Its name in TensorFlow.js. */
  readonly name: string;
  /** Whether `dataSync` works on it. */
  readonly isDataSync: boolean;
  /** Whether it computes a kernel itself, and does not leave it to another backend. */
  computes(kernelName: string, inputs: NamedTensorInfoMap): boolean;
}

/** The backends by their name on the command line; each is loaded when it is chosen, since ours replaces gradients for all. */
export const BACKENDS = {
  onnx: async () => {
    const { useOnnxBackend } = await import("../src/onnx/lazy/use.ts");
    const { LOWERINGS } = await import("../src/onnx/lowerings/table.ts");
    await useOnnxBackend();
    return {
      name: "onnx",
      isDataSync: true,
      computes: (kernelName, inputs) =>
        kernelName in LOWERINGS &&
        Object.values(inputs).every((tensor) => tensor?.dtype !== "string" && tensor?.dtype !== "complex64"),
    };
  },
  cpu: () => Promise.resolve({ name: "cpu", isDataSync: true, computes: () => true }),
} as const satisfies Record<string, () => Promise<TestedBackend>>;

/** A name of the table. */
export type BackendName = keyof typeof BACKENDS;

/** The backend of a name. */
export function loadBackend(name: BackendName): Promise<TestedBackend> {
  return BACKENDS[name]();
}
