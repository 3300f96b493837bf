/**
 * Evidence that an exported model computes what it should.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { RowReader } from "../formats/rows.ts";
import { type Architecture, ARCHITECTURE_KEY, buildNetwork } from "../models/architecture.ts";
import { loadWeights } from "../models/weights.ts";
import { readOnnx } from "../onnx/export.ts";
import { predictRows } from "../onnx/predict.ts";
import { openSession } from "../onnx/session.ts";
import { SHARES, sharesOf } from "./majority.ts";
import { probabilities } from "./save.ts";

/** Which windows a model is compared on. */
export interface CompareOptions {
  /** `[windows, samples]`. */
  readonly windows: RowReader;
  /** Positions of the windows; all of them unless given. */
  readonly positions?: Int32Array;
  /** Threads of one operator. */
  readonly threads: number;
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
 * At most the first 16 windows are compared. Throws RangeError when the file is no arm's: it has neither architecture nor shares.
 */
export async function compareWithTfjs(model: Uint8Array, options: CompareOptions): Promise<Comparison> {
  const positions = positionsOf(options).subarray(0, MOST_FOR_TFJS);
  const computed = await predict(model, { ...options, positions, batch: BATCH });
  const reference = await referenceOf(model);
  await tf.setBackend("cpu");
  const expected: number[] = [];
  for (const position of positions) {
    const window = options.windows.read([position]);
    tf.tidy(() => expected.push(...reference(tf.tensor3d(window, [1, window.length, 1])).dataSync()));
  }
  return { windows: positions.length, largestDifference: largestDifference(computed, expected) };
}

/** Compares batches of `batch` windows with the batches of 64 that evaluation uses, on all windows given. */
export async function compareWithBatches(
  model: Uint8Array,
  { batch, ...options }: CompareOptions & { batch: number },
): Promise<Comparison> {
  const positions = positionsOf(options);
  const [expected, computed] = [
    await predict(model, { ...options, positions, batch: BATCH }),
    await predict(model, { ...options, positions, batch }),
  ];
  return { windows: positions.length, largestDifference: largestDifference(computed, expected) };
}

function positionsOf({ positions, windows }: CompareOptions): Int32Array {
  return positions ?? Int32Array.from({ length: windows.rows }, (_, position) => position);
}

async function predict(
  model: Uint8Array,
  { windows, positions, threads, batch }: CompareOptions & { batch: number },
): Promise<number[]> {
  const session = await openSession(model, { threads });
  const predicted: number[] = [];
  const chunks = predictRows(session, windows, {
    positions,
    batch,
    rowShape: [windows.columns, 1],
    input: "windows",
    output: "probabilities",
  });
  for await (const { values } of chunks) predicted.push(...values);
  await session.dispose();
  return predicted;
}

/** The probabilities of windows `[batch, time, 1]` by TensorFlow.js alone. */
async function referenceOf(model: Uint8Array): Promise<(windows: tf.Tensor) => tf.Tensor> {
  const { metadata, weights } = readOnnx(model);
  if (metadata[ARCHITECTURE_KEY] !== undefined) {
    const architecture: Architecture = JSON.parse(metadata[ARCHITECTURE_KEY]);
    const network = await buildNetwork(architecture);
    loadWeights(network.encoder, weights);
    loadWeights(network.head, weights);
    return (windows) => probabilities(network, windows);
  }
  const shares = weights[SHARES];
  if (shares === undefined) {
    throw new RangeError(
      `Cannot compare a model: it must hold its architecture or the shares of classes, got the weights ${
        Object.keys(weights).join(", ") || "none"
      }`,
    );
  }
  const values = tf.tensor(shares.values, shares.shape);
  return (windows) => sharesOf(windows, values);
}

function largestDifference(actual: readonly number[], expected: readonly number[]): number {
  return actual.reduce((largest, value, index) => Math.max(largest, Math.abs(value - expected[index])), 0);
}
