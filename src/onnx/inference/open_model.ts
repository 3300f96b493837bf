/**
 * Exported models, opened for predictions.
 *
 * @module
 */
import { decode } from "../files/decode.ts";
import { encode } from "../files/encode.ts";
import { optimize } from "../optimize/optimize.ts";
import { needsShapes } from "../runtime/providers.ts";
import { type OnnxSession, openSession, type SessionOptions } from "../runtime/session.ts";

/** A model that is ready to predict batches of one size. */
export interface OnnxModel extends OnnxSession {
  /** Rows that it is given at a time. */
  readonly batch: number;
}

/** How a model predicts. */
export interface OpenModelOptions extends SessionOptions {
  /** Rows that the model is given at a time; another number gives other rounding. Default 64. */
  readonly batch?: number;
  /** Whether what makes it fast on this machine is done to its graph; it changes rounding alone. Default true. */
  readonly optimized?: boolean;
}

/**
 * Opens an ONNX model for batches of one size.
 *
 * What this project has exported becomes a program again, and runs as fast as one that is compiled; the names of inputs and outputs
 * stay. Any other model is opened as it is. Throws what {@linkcode openSession} throws, RangeError for a batch that is not a whole number
 * from 1 up, and for bytes that are no model.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { exportOnnx } from "../files/export.ts";
 * const file = exportOnnx(({ x }) => ({ y: tf.square(x) }), { inputs: { x: [null] }, weights: {} });
 * const model = await openModel(file, { batch: 2 });
 * const { y } = await model.run({ x: { values: Float32Array.of(1, 3), shape: [2] } });
 * assert.deepEqual([...y.values], [1, 9]);
 * await model.dispose();
 * ```
 */
export async function openModel(bytes: Uint8Array, options: OpenModelOptions = {}): Promise<OnnxModel> {
  const { batch = 64, optimized = true, ...sessionOptions } = options;
  if (!Number.isInteger(batch) || batch < 1) {
    throw new RangeError(`Cannot open a model: batch must be a whole number from 1 up, got ${batch}`);
  }
  const form = optimized ? await fasterForm(bytes, { batch, ...sessionOptions }) : bytes;
  return { ...await openSession(form, sessionOptions), batch };
}

/** The same model for one batch size and this machine, or the model as it is where it can't be decoded. */
async function fasterForm(
  bytes: Uint8Array,
  { batch, provider = "cpu" }: SessionOptions & { readonly batch: number },
): Promise<Uint8Array> {
  const decoded = decode(bytes, { batch });
  if ("reason" in decoded) return bytes;
  const { program, inputs, outputs } = decoded;
  const faster = await optimize(program, { provider });
  return encode(faster.nodes, {
    inputs: inputs.map(({ name }, index) => ({ name, value: faster.inputs[index] })),
    outputs: outputs.map(({ name }, index) => ({ name, value: faster.outputs[index] })),
    shapes: needsShapes(provider) ? new Map() : undefined,
  });
}
