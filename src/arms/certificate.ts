/**
 * Evidence that an exported model computes what it should.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { RowReader } from "../formats/rows.ts";
import { type Architecture, ARCHITECTURE_KEY, buildNetwork } from "../models/architecture.ts";
import { loadWeights } from "../models/weights.ts";
import { readOnnx } from "../onnx/files/export.ts";
import { openModel } from "../onnx/inference/open_model.ts";
import { predictRows } from "../onnx/inference/predict.ts";
import type { Provider } from "../onnx/runtime/providers.ts";
import { SHARES, sharesOf } from "./majority.ts";
import { probabilities } from "./save.ts";
import { TABULAR_WEIGHTS, tabularProbabilities, type TabularWeights } from "./tabular.ts";

/** Which windows a model is compared on. */
export interface CompareOptions {
  /** What the model reads of each window: `[windows, samples]`, or `[windows, features]` for a model of features. */
  readonly windows: RowReader;
  /** Positions of the windows; all of them unless given. */
  readonly positions?: Int32Array;
  /** Threads of one operator. */
  readonly threads: number;
  /** Where ONNX Runtime computes. Default `cpu`. */
  readonly provider?: Provider;
}

/** How far two ways to compute the same probabilities lie apart. */
export interface Comparison {
  /** Windows that were compared. */
  readonly windows: number;
  /** The largest absolute difference between two probabilities. */
  readonly largestDifference: number;
}

/** Most windows that tfjs computes: the published network takes it half a second for each. */
const MOST_FOR_TFJS = 16;

/** Windows that a model sees at a time when it is evaluated. */
const BATCH = 64;

/**
 * Compares an arm's file, run by ONNX Runtime, with TensorFlow.js (backend `cpu`) on the network built again from the weights in the file.
 *
 * At most the first 16 windows are compared. Throws RangeError when the file is no arm's: it has no architecture, and no weights but an arm's own.
 */
export async function compareWithTfjs(model: Uint8Array, options: CompareOptions): Promise<Comparison> {
  const positions = positionsOf(options).subarray(0, MOST_FOR_TFJS);
  const computed = await predict(model, { ...options, positions, batch: BATCH });
  const reference = await referenceOf(model), { rowShape } = inputOf(model);
  await tf.setBackend("cpu");
  const expected: number[] = [];
  for (const position of positions) {
    const window = options.windows.read([position]);
    tf.tidy(() => expected.push(...reference(tf.tensor(window, [1, ...rowShape])).dataSync()));
  }
  return { windows: positions.length, largestDifference: largestDifference(computed, expected) };
}

/**
 * Compares the file as it is, in batches of `batch` windows, with what evaluation makes of it, in batches of 64, on all windows given; see
 * {@linkcode openModel}.
 */
export async function compareWithBatches(
  model: Uint8Array,
  { batch, ...options }: CompareOptions & { batch: number },
): Promise<Comparison> {
  const positions = positionsOf(options);
  const [expected, computed] = [
    await predict(model, { ...options, positions, batch: BATCH }),
    await predict(model, { ...options, positions, batch, optimized: false }),
  ];
  return { windows: positions.length, largestDifference: largestDifference(computed, expected) };
}

function positionsOf({ positions, windows }: CompareOptions): Int32Array {
  return positions ?? Int32Array.from({ length: windows.rows }, (_, position) => position);
}

async function predict(
  bytes: Uint8Array,
  { windows, positions, ...options }: CompareOptions & { batch: number; optimized?: boolean },
): Promise<number[]> {
  const model = await openModel(bytes, options);
  const predicted: number[] = [];
  const chunks = predictRows(model, windows, {
    positions,
    ...inputOf(bytes),
    output: "probabilities",
  });
  for await (const { values } of chunks) predicted.push(...values);
  await model.dispose();
  return predicted;
}

/** The name of what a model reads, and the shape that it gives to one window. */
function inputOf(model: Uint8Array): { input: string; rowShape: number[] } {
  const [[input, [, ...rowShape]]] = Object.entries(readOnnx(model).inputs);
  return { input, rowShape: rowShape.map(Number) };
}

/** The probabilities of windows `[batch, time, 1]`, or of features `[batch, features]`, by TensorFlow.js alone. */
async function referenceOf(model: Uint8Array): Promise<(windows: tf.Tensor) => tf.Tensor> {
  const { metadata, weights } = readOnnx(model);
  if (metadata[ARCHITECTURE_KEY] !== undefined) {
    const architecture: Architecture = JSON.parse(metadata[ARCHITECTURE_KEY]);
    const network = await buildNetwork(architecture);
    loadWeights(network.encoder, weights);
    loadWeights(network.head, weights);
    return (windows) => probabilities(network, windows);
  }
  const tensors = Object.fromEntries(
    Object.entries(weights).map(([name, { values, shape }]) => [name, tf.tensor(values, shape)]),
  );
  if (SHARES in tensors) return (windows) => sharesOf(windows, tensors[SHARES]);
  if (isTabular(tensors)) return (features) => tabularProbabilities(features, tensors);
  throw new RangeError(
    `Cannot compare a model: it must hold its architecture, the shares of classes or a classifier of features, got the weights ${
      Object.keys(weights).join(", ") || "none"
    }`,
  );
}

function isTabular(tensors: Readonly<Record<string, tf.Tensor>>): tensors is TabularWeights {
  return TABULAR_WEIGHTS.every((name) => name in tensors);
}

function largestDifference(actual: readonly number[], expected: readonly number[]): number {
  return actual.reduce((largest, value, index) => Math.max(largest, Math.abs(value - expected[index])), 0);
}
