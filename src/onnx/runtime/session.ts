/**
 * The one door to ONNX Runtime.
 *
 * @module
 */
import { env, InferenceSession, Tensor } from "onnxruntime-node";
import { encode } from "../files/encode.ts";
import { Graph, sizeOf } from "../graph/graph.ts";
import { type Provider, PROVIDERS } from "./providers.ts";
import { forWebgpu } from "./webgpu.ts";

// Whatever fails comes back as an error: the runtime need not print it too.
env.logLevel = "fatal";

/** The elements of a tensor that goes into a session or comes out of it; a Uint8Array holds bool. */
export type SessionValues = Float32Array | Int32Array | BigInt64Array | BigUint64Array | Uint8Array;

/** A tensor that goes into a session or comes out of it. */
export interface SessionTensor {
  /** The elements, row by row. */
  readonly values: SessionValues;
  /** The length of each axis. */
  readonly shape: readonly number[];
}

/** A model that is ready to run. */
export interface OnnxSession {
  /** What `run` must be fed. */
  readonly inputNames: readonly string[];
  /** What `run` gives. */
  readonly outputNames: readonly string[];
  /**
   * Runs the model. The arrays of the feeds are read until it ends; those of the result belong to the caller. Throws TypeError for an
   * input that is missing, of another type, or whose elements are not as many as its shape has.
   */
  run(feeds: Readonly<Record<string, SessionTensor>>): Promise<Record<string, SessionTensor>>;
  /** Gives the memory back; a disposed session runs no more. */
  dispose(): Promise<void>;
}

/** How a session runs. */
export interface SessionOptions {
  /** Threads of one operator; another number gives other rounding. Default 1. */
  readonly threads?: number;
  /** Where it runs; another gives other rounding. Default `cpu`. */
  readonly provider?: Provider;
}

/**
 * Opens an ONNX model from its bytes.
 *
 * Bytes alone, never a path: a model by path could read files beside it. Throws RangeError for a thread count that is not a whole
 * number from 1 up or a provider that can't start, and what ONNX Runtime says about a model that it refuses.
 */
export async function openSession(bytes: Uint8Array, options: SessionOptions = {}): Promise<OnnxSession> {
  const { threads = 1, provider = "cpu" } = options;
  if (!Number.isInteger(threads) || threads < 1) {
    throw new RangeError(`Cannot open a session: threads must be a whole number from 1 up, got ${threads}`);
  }
  const session = await create(bytes, { threads, provider });
  const types = new Map(
    session.inputMetadata.flatMap((input) => input.isTensor ? [[input.name, input.type] as const] : []),
  );
  let disposed = false;
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    async run(feeds) {
      if (disposed) throw new Error("Cannot run a session: it must not be disposed");
      const tensors: Record<string, Tensor> = {};
      for (const name of session.inputNames) {
        const feed = feeds[name];
        if (feed === undefined) {
          const got = Object.keys(feeds).join(", ") || "none";
          throw new TypeError(`Cannot run a session: the input "${name}" must be given, got ${got}`);
        }
        const tensor = checkedTensor(name, feed);
        const type = types.get(name);
        if (type !== undefined && tensor.type !== type) {
          throw new TypeError(
            `Cannot run a session: the input "${name}" must hold ${type}, got ${tensor.type} (${feed.values.constructor.name})`,
          );
        }
        tensors[name] = tensor;
      }
      const results = await session.run(tensors);
      return Object.fromEntries(
        session.outputNames.map((
          name,
        ) => [name, { values: valuesOf(results[name]), shape: results[name].dims }]),
      );
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      await session.release();
    },
  };
}

/** Throws what {@linkcode checkProvider} does where the provider can't start, else what ONNX Runtime says of the model. */
async function create(
  bytes: Uint8Array,
  { threads, provider }: Required<SessionOptions>,
): Promise<InferenceSession> {
  try {
    const forDevice = provider === "webgpu" ? forWebgpu(bytes) : { model: bytes, provider };
    return await InferenceSession.create(forDevice.model, {
      executionProviders: [forDevice.provider],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: "all",
      // A session's own level, which holds in place of the one above. Warnings are about initializers that an optimizer removed.
      logSeverityLevel: 4,
    });
  } catch (error) {
    if (provider !== "cpu") await checkProvider(provider);
    throw error;
  }
}

/**
 * Starts a provider on a graph of one node.
 *
 * Throws RangeError, which says what is missing and what to do, when it can't start.
 */
export async function checkProvider(provider: Provider): Promise<void> {
  let session: InferenceSession;
  try {
    session = await InferenceSession.create(probe(), { executionProviders: [provider] });
  } catch (error) {
    const { needs, remedy } = PROVIDERS[provider];
    throw new RangeError(
      `Cannot start the execution provider ${provider}: there must be ${needs}, got "${reason(error)}"; ` +
        `${remedy}, or compute on cpu`,
    );
  }
  await session.release();
}

function checkedTensor(name: string, feed: SessionTensor): Tensor {
  const { values, shape } = feed, size = sizeOf(shape);
  if (values.length === size) return tensorOf(feed);
  throw new TypeError(
    `Cannot run a session: the input "${name}" of shape [${
      shape.join(", ")
    }] must have ${size} elements, got ${values.length}`,
  );
}

function tensorOf({ values, shape }: SessionTensor): Tensor {
  if (values instanceof Uint8Array) return new Tensor("bool", values, shape);
  if (values instanceof BigUint64Array) return new Tensor("uint64", values, shape);
  if (values instanceof BigInt64Array) return new Tensor("int64", values, shape);
  if (values instanceof Int32Array) return new Tensor("int32", values, shape);
  return new Tensor("float32", values, shape);
}

function valuesOf(tensor: Tensor): SessionValues {
  const values = tensor.data;
  if (
    values instanceof Float32Array || values instanceof Int32Array || values instanceof BigInt64Array ||
    values instanceof BigUint64Array || values instanceof Uint8Array
  ) return values;
  throw new TypeError(
    `Cannot read an output: it must hold float32, int32, int64, uint64 or bool, got ${tensor.type}`,
  );
}

function probe(): Uint8Array {
  const graph = new Graph();
  const value = graph.input("float32", [1]);
  const result = graph.emit("Neg", [value], { shape: [1] });
  return encode(graph.nodes, { inputs: [{ name: "x", value }], outputs: [{ name: "y", value: result }] });
}

/** The last sentence of what ONNX Runtime says: before it come files and lines of its source. */
function reason(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).trim();
  return text.replace(/^.*(was false\.|SUCCESS|: [A-Z_]+ :)\s*/s, "").replaceAll(/\s+/g, " ");
}
