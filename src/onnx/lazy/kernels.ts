/**
 * What each kernel does in the lazy backend.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { registerKernels } from "../lowerings/kernels.ts";
import { expandedShape } from "../lowerings/shape.ts";
import { BACKEND_NAME, LazyBackend } from "./backend.ts";
import type { KernelCall } from "./delegate.ts";

/** Kernels that give the data of their input in another shape. */
const VIEWS: Readonly<
  Record<string, { input: string; shape(from: number[], attributes: object): number[] }>
> = {
  [tf.Identity]: { input: "x", shape: (from) => from },
  [tf.Reshape]: {
    input: "x",
    shape: (from, { shape }: tf.ReshapeAttrs) =>
      tf.util.inferFromImplicitShape(shape, tf.util.sizeFromShape(from)),
  },
  [tf.ExpandDims]: {
    input: "input",
    shape: (from, { dim }: tf.ExpandDimsAttrs) => expandedShape(from, dim),
  },
};

/**
 * Kernels whose attributes change from batch to batch. Batches are cut from data, which is in memory: in the graph each would have a
 * session of its own. Variables are cut alike in each step, so they are cut in the graph.
 */
const CUTS: ReadonlySet<string> = new Set([tf.Slice, tf.StridedSlice]);

/** Registers them all. */
export function registerLazyKernels(): void {
  registerKernels(BACKEND_NAME, {
    lowered: (kernelName, lower) => ({ inputs, attrs, backend }) => {
      const view = VIEWS[kernelName], call = { inputs, attributes: attrs ?? {} };
      if (view !== undefined) {
        const x = inputs[view.input]!;
        return lazy(backend).share(x, view.shape(x.shape, call.attributes));
      }
      const isBatch = CUTS.has(kernelName) && !(inputs.x instanceof tf.Variable) &&
        lazy(backend).holds(inputs.x!);
      return isBatch || !isNumeric(call)
        ? lazy(backend).compute(kernelName, call)
        : lazy(backend).note(lower, call);
    },
    other: (kernelName) => ({ inputs, attrs, backend }) =>
      lazy(backend).compute(kernelName, { inputs, attributes: attrs ?? {} }),
  });
}

function lazy(backend: object): LazyBackend {
  if (backend instanceof LazyBackend) return backend;
  throw new TypeError(
    `Cannot compute: the backend must be "${BACKEND_NAME}", got ${backend.constructor.name}`,
  );
}

/** Whether ONNX Runtime can hold what goes in and what comes out. */
function isNumeric({ inputs, attributes }: KernelCall): boolean {
  return [...Object.values(inputs), attributes as { dtype?: unknown }].every((one) =>
    one?.dtype !== "string" && one?.dtype !== "complex64"
  );
}
