/**
 * Sessions that run without waiting, since TensorFlow.js reads tensors synchronously (`dataSync`).
 *
 * The public interface of onnxruntime-node only defers the calls of its binding, which are synchronous and are used here as they are.
 *
 * @module
 */
import { Tensor } from "onnxruntime-node";
import { binding, initOrt } from "onnxruntime-node/dist/binding.js";
import type { OperandType } from "../graph/operand.ts";
// What is said there about the runtime's own messages holds here too.
import "../runtime/session.ts";

/** The elements of a tensor, row by row. */
export type Elements = Float32Array | Int32Array | Uint8Array;

/** A tensor that goes into a session. */
export interface Feed {
  readonly elements: Elements;
  readonly shape: readonly number[];
  readonly dtype: OperandType;
}

/** A model that is ready to run. */
export interface SynchronousSession {
  /** The most memory that it keeps between runs. */
  readonly bytes: number;
  /** Feeds by position in, elements of the outputs by position out; the arrays belong to the caller. */
  run(feeds: readonly Feed[]): Elements[];
  /** Gives the memory back. */
  dispose(): void;
}

/** The name of an input by its position. */
export function inputName(position: number): string {
  return `input/${position}`;
}

/** The name of an output by its position. */
export function outputName(position: number): string {
  return `output/${position}`;
}

/** Opens a model whose inputs and outputs are named by position. */
export function openSynchronousSession(
  model: Uint8Array,
  options: { readonly outputs: number; readonly threads: number; readonly bytes: number },
): SynchronousSession {
  initOrt();
  const session = new binding.InferenceSession();
  session.loadModel(model.buffer as ArrayBuffer, model.byteOffset, model.byteLength, {
    executionProviders: ["cpu"],
    intraOpNumThreads: options.threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    // What fails comes back as an error.
    logSeverityLevel: 4,
  });
  const names = Array.from({ length: options.outputs }, (_, position) => outputName(position));
  const fetches = Object.fromEntries(names.map((name) => [name, null]));
  return {
    bytes: options.bytes,
    run(feeds) {
      const tensors = Object.fromEntries(
        feeds.map((feed, position) => [inputName(position), tensorOf(feed)]),
      );
      const results = session.run(tensors, fetches, {});
      return names.map((name) => elementsOf(results[name]));
    },
    dispose() {
      session.dispose();
    },
  };
}

function tensorOf({ elements, shape, dtype }: Feed): Tensor {
  return new Tensor(dtype, elements, shape);
}

function elementsOf({ data, type }: { readonly data: unknown; readonly type: string }): Elements {
  if (data instanceof Float32Array || data instanceof Int32Array || data instanceof Uint8Array) return data;
  throw new TypeError(`Cannot read an output: it must hold float32, int32 or bool, got ${type}`);
}
