/**
 * One step of training as a program: forward, backward and update in one graph, or micro-batch by micro-batch.
 *
 * @module
 */
import { sizeOf } from "../graph/graph.ts";
import { checkOptions } from "./step_checks.ts";
import type { StepOptions } from "./step_options.ts";
import { compileInParts, compileWhole, mixingOf } from "./step_programs.ts";
import { createTurns } from "./turns.ts";

/** What a step learns from. */
export interface StepInputs {
  /** The rows of each input, one after another. */
  readonly inputs: Readonly<Record<string, Float32Array>>;
  /** The weight of each row in the loss, `1 / rows` each for the mean. */
  readonly weights: Float32Array;
  /** Handed to the optimizer; it may change from step to step. */
  readonly learningRate: number;
}

/** A step that is ready to run. */
export interface Step {
  /** Learns from 1 to `batch` rows and gives their loss before the step. Throws TypeError when a size is wrong. */
  run(inputs: StepInputs): Promise<{ loss: number }>;
  /** Gives the memory back; the trained variables and the optimizer's stay. */
  dispose(): Promise<void>;
}

/**
 * Compiles a step of training.
 *
 * Up to `microBatch` rows are one program. More rows go through it in micro-batches: each adds its gradient to accumulators, and a
 * second program adds the penalty's gradient and updates. The result is that of the whole batch up to rounding, dropout included. A batch
 * that is not full is padded by copies of its last row with weight 0.
 *
 * Where rows look at each other (batch normalization in training, a contrast between rows, a mean over the batch), nothing is padded:
 * another number of rows is another program, compiled when it first comes. Statistics are those of the rows of one program, and running
 * averages move once for each. With several micro-batches that is another function than that of the whole batch, so that it must be asked
 * for.
 *
 * Throws RangeError unless the sizes are whole numbers from 1 up, or when rows look at each other across micro-batches, TypeError for a
 * loss that is not one number, and for variables and optimizers of another kind, and whatever `compile` throws.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * const slope = tf.variable(tf.scalar(0));
 * const step = await compileStep({
 *   loss: ({ x, y }, weights) => tf.sum(tf.mul(weights, tf.squaredDifference(tf.mul(x, slope), y))) as tf.Scalar,
 *   variables: [slope],
 *   optimizer: { create: ([w]) => ([gradient], rate) => w.assign(tf.sub(w, tf.mul(rate, gradient))) },
 *   inputs: { x: [], y: [] },
 *   batch: 4,
 *   microBatch: 2,
 * });
 * const rows = { x: Float32Array.of(1, 2, 3), y: Float32Array.of(2, 4, 6) };
 * const { loss } = await step.run({ inputs: rows, weights: Float32Array.of(1, 1, 1), learningRate: 0.01 });
 * assert.equal(loss, 4 + 16 + 36);
 * assert.ok(Math.abs(slope.dataSync()[0] - 0.56) < 1e-6);
 * await step.dispose();
 * ```
 */
export async function compileStep(options: StepOptions): Promise<Step> {
  checkOptions(options);
  const size = Math.min(options.batch, options.microBatch);
  const mixing = mixingOf(options, Math.max(size, 2));
  if (mixing !== undefined && size < options.batch && options.batchStatistics === undefined) {
    throw new RangeError(
      `Cannot compile a step: with a micro-batch (${size}) smaller than the batch (${options.batch}), the loss must be a sum over ` +
        `rows of what each gives alone, got rows that meet${mixing.where} (${mixing.operator}); make microBatch ${options.batch}, ` +
        'or say batchStatistics: "micro-batch", and each micro-batch is a batch of its own',
    );
  }
  const programs = await (size === options.batch ? compileWhole(options) : compileInParts(options));
  try {
    if (mixing === undefined) await programs.prepare(size);
  } catch (error) {
    await programs.dispose();
    throw error;
  }
  // The micro-batches of two steps must not mix in the accumulators.
  const inTurn = createTurns();
  const run = async ({ inputs, weights, learningRate }: StepInputs) => {
    checkSizes(options, inputs, weights);
    if (!Number.isFinite(learningRate)) {
      throw new RangeError(
        `Cannot run a step: the learning rate must be a finite number, got ${learningRate}`,
      );
    }
    let loss = 0;
    for (let first = 0; first < weights.length; first += size) {
      const rows = Math.min(size, weights.length - first), held = mixing === undefined ? size : rows;
      const part: Record<string, Float32Array> = { weights: new Float32Array(held) };
      part.weights.set(weights.subarray(first, first + rows));
      for (const [name, shape] of Object.entries(options.inputs)) {
        part[`row/${name}`] = padded(inputs[name], { first, rows, size: held, columns: sizeOf(shape) });
      }
      loss += await programs.learn(part, { first, rows: held, learningRate });
    }
    return { loss: loss + await programs.finish(learningRate) };
  };
  return {
    run: (given) => inTurn(() => run(given)),
    dispose: () => programs.dispose(),
  };
}

function checkSizes(
  { inputs: shapes, batch }: StepOptions,
  inputs: StepInputs["inputs"],
  weights: Float32Array,
): void {
  const rows = weights.length;
  if (!(weights instanceof Float32Array)) {
    throw new TypeError(
      `Cannot run a step: the weights must be a Float32Array, got ${rows}${typeOf(weights)}`,
    );
  }
  if (rows < 1 || rows > batch) {
    throw new TypeError(`Cannot run a step: there must be from 1 to ${batch} weights, got ${rows}`);
  }
  for (const name of Object.keys(inputs)) {
    if (!(name in shapes)) {
      throw new TypeError(
        `Cannot run a step: it has the inputs ${Object.keys(shapes).join(", ")}, got "${name}"`,
      );
    }
  }
  for (const [name, shape] of Object.entries(shapes)) {
    const length = rows * sizeOf(shape);
    if (inputs[name]?.length !== length || !(inputs[name] instanceof Float32Array)) {
      throw new TypeError(
        `Cannot run a step: the input "${name}" must have the shape [${
          [rows, ...shape].join(", ")
        }], which is ${length} numbers, ` +
          `got ${inputs[name]?.length ?? "nothing"}${typeOf(inputs[name])}`,
      );
    }
  }
}

/** ` of Array` for what is no Float32Array. */
function typeOf(values: object | undefined): string {
  return values === undefined || values instanceof Float32Array ? "" : ` of ${values.constructor.name}`;
}

function padded(
  values: Float32Array,
  { first, rows, size, columns }: { first: number; rows: number; size: number; columns: number },
): Float32Array {
  const given = values.subarray(first * columns, (first + rows) * columns);
  if (rows === size) return given;
  const full = new Float32Array(size * columns);
  full.set(given);
  // A copy of a real row, unlike zeros, is never outside the domain of a loss.
  for (let row = rows; row < size; row++) full.set(given.subarray((rows - 1) * columns), row * columns);
  return full;
}
