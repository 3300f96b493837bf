/**
 * Programs of TensorFlow.js, compiled to ONNX and run by ONNX Runtime.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { encode } from "../files/encode.ts";
import { reachable } from "../graph/program.ts";
import { optimize } from "../optimize/optimize.ts";
import type { BatchPart } from "../random/draws.ts";
import type { Random } from "../random/random.ts";
import { recordingBackend } from "../recording/backend.ts";
import type { Carried } from "../recording/carried_variables.ts";
import { countSteps, type LiveNumber } from "../recording/learning_rates.ts";
import { type InputSignature, type Program, record, type Recording } from "../recording/recording.ts";
import { needsShapes, type Provider } from "../runtime/providers.ts";
import { type OnnxSession, openSession, type SessionTensor } from "../runtime/session.ts";
import { ARRAYS, checkedInputs, type InputValues, signaturesOf } from "./signature.ts";
import { createTurns } from "./turns.ts";

export type { BatchPart } from "../random/draws.ts";
export type { InputSignature, Program } from "../recording/recording.ts";
export type { InputValues } from "./signature.ts";

/** The numbers of an output, by its type: float32, int32 or bool. */
export type OutputValues = Float32Array | Int32Array | Uint8Array;

/** How to compile a function. */
export interface CompileOptions {
  /** The shape of each input, float32 unless a type is given too. */
  readonly inputs: Readonly<Record<string, readonly number[] | InputSignature>>;
  /** Threads of one operator; another number gives other rounding. Default 1. */
  readonly threads?: number;
  /** Where it runs; another gives other rounding. Default `cpu`. */
  readonly provider?: Provider;
  /** Where random operations and layers take their numbers from. */
  readonly random?: Random;
  /** The rows of a batch that the next run sees: they draw the numbers that they would draw in the whole batch. */
  readonly part?: BatchPart;
  /** Whether what makes it fast on this machine is done to its graph; it changes rounding alone. Default true. */
  readonly optimized?: boolean;
}

/** A program that is ready to run. */
export interface Compiled {
  /** How many nodes its graph has as it was recorded, before it is optimized. */
  readonly nodeCount: number;
  /**
   * Runs the program on the current values of its variables, and gives the variables their new ones.
   *
   * Programs that run at the same time take turns. Throws TypeError for an input that is missing, unknown or of another size.
   */
  run(inputs: Readonly<Record<string, InputValues>>): Promise<Record<string, OutputValues>>;
  /** Gives the memory of the session back; the variables stay. */
  dispose(): Promise<void>;
}

/**
 * Compiles a function of tensors.
 *
 * The function runs once, on symbolic tensors; what it does with TensorFlow.js becomes an ONNX graph. A `tf.Variable` that it reads is
 * state that goes into each run, and one that it assigns is state that comes out, so that several programs share variables. Everything
 * else that changes from run to run must be an input, with two exceptions: TensorFlow.js's random operations and layers draw from `random`
 * anew in each run, and the learning rate of its optimizers (`tf.train`) is read anew in each run.
 *
 * What is left is a constant: the numbers of tensors from outside, and whatever JavaScript computes or decides in the function, such as a
 * count that it keeps from call to call. Math.random, clocks and the numbers of a symbolic tensor are refused. A function that is none of
 * this, or is not worth it, runs as it is after `useOnnxBackend`.
 *
 * Throws TypeError or RangeError for a signature that is none, TypeError for a function that neither returns tensors nor assigns variables,
 * and Error for what can't be recorded.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * const total = tf.variable(tf.zeros([2]));
 * const program = await compile(({ x }) => {
 *   total.assign(tf.add(total, x));
 *   return { mean: tf.mean(total) };
 * }, { inputs: { x: [2] } });
 * await program.run({ x: Float32Array.of(1, 2) });
 * const { mean } = await program.run({ x: Float32Array.of(3, 4) });
 * assert.deepEqual([[...mean], [...total.dataSync()]], [[5], [4, 6]]);
 * await program.dispose();
 * ```
 */
export async function compile(fn: Program, options: CompileOptions): Promise<Compiled> {
  const inputs = signaturesOf(options.inputs);
  const { random, part, threads, provider } = options;
  const recording = record(fn, { inputs, random: random !== undefined, part });
  const plan = await planOf(recording, options);
  const session = await openSession(plan.bytes, { threads, provider });
  let disposed = false;
  return {
    nodeCount: plan.nodeCount,
    run(values) {
      // The function that is recorded would go on without the result.
      if (recordingBackend().isRecording) {
        return Promise.reject(
          new Error(
            "Cannot run a program: no other one must be being recorded, got a run inside the function that is; " +
              "call the function of this program there, or give its results as inputs",
          ),
        );
      }
      return inTurn(() => {
        if (disposed) throw new Error("Cannot run a program: it must not be disposed");
        return runOnce({ session, plan, recording, random, part, inputs }, values);
      });
    },
    async dispose() {
      disposed = true;
      await session.dispose();
    },
  };
}

interface Plan {
  readonly bytes: Uint8Array;
  readonly nodeCount: number;
  readonly read: readonly (Carried & { readonly name: string })[];
  readonly written: readonly (Carried & { readonly name: string })[];
}

async function planOf(recording: Recording, options: CompileOptions): Promise<Plan> {
  const { graph, inputs, outputs, state, generator, numbers } = recording;
  const changed = state.flatMap((carried) =>
    carried.output === undefined ? [] : [{ ...carried, value: carried.output }]
  );
  const written = changed.map((carried, index) => ({ ...carried, name: `state/${index}/next` }));
  const results = [...outputs.map(({ name, value }) => ({ name: `output/${name}`, value })), ...written];
  if (results.length === 0) {
    throw new TypeError(
      "Cannot compile a program: it must give something, got neither tensors that it returns nor variables that it assigns",
    );
  }
  const { nodes, needed } = reachable(graph.nodes, results.map((result) => result.value));
  const used = state.flatMap((carried) =>
    carried.input !== undefined && needed.has(carried.input) ? [{ ...carried, value: carried.input }] : []
  );
  const read = used.map((carried, index) => ({ ...carried, name: `state/${index}` }));
  const given = inputs.map(({ name, value }) => ({ name: `input/${name}`, value }));
  const drawn = generator === undefined ? [] : [
    { name: "random/key", value: generator.key },
    { name: "random/counter", value: generator.counter },
    ...generator.first === undefined ? [] : [{ name: "random/first", value: generator.first }],
  ];
  const live = numbers.map(({ value }, index) => ({ name: `number/${index}`, value }));
  const sources = [...given, ...drawn, ...live, ...read];
  const program = {
    nodes,
    inputs: sources.map(({ value }) => value),
    outputs: results.map(({ value }) => value),
  };
  const { provider = "cpu", optimized = true } = options;
  const faster = optimized ? await optimize(program, { provider }) : program;
  const bytes = encode(faster.nodes, {
    inputs: sources.map(({ name }, index) => ({ name, value: faster.inputs[index] })),
    outputs: results.map(({ name }, index) => ({ name, value: faster.outputs[index] })),
    shapes: needsShapes(provider) ? new Map() : undefined,
  });
  return { bytes, nodeCount: nodes.length, read, written };
}

interface Runnable {
  readonly session: OnnxSession;
  readonly plan: Plan;
  readonly recording: Recording;
  readonly random?: Random;
  readonly part?: BatchPart;
  readonly inputs: Readonly<Record<string, InputSignature>>;
}

async function runOnce(
  { session, plan, recording, random, part, inputs }: Runnable,
  values: Readonly<Record<string, InputValues>>,
): Promise<Record<string, OutputValues>> {
  const feeds: Record<string, SessionTensor> = {};
  for (const { name, ...tensor } of checkedInputs(inputs, values)) feeds[`input/${name}`] = tensor;
  for (const { variable } of [...plan.read, ...plan.written]) {
    if (!variable.isDisposed) continue;
    throw new Error(
      `Cannot run a program: its variables must not be disposed, got "${variable.name}", which is; keep it as long as the program, ` +
        "or compile the program again without it",
    );
  }
  for (const { name, variable } of plan.read) {
    feeds[name] = { values: elementsOf(variable), shape: variable.shape };
  }
  const { generator } = recording;
  if (generator !== undefined && random !== undefined) {
    feeds["random/key"] = { values: BigUint64Array.of(random.key), shape: [] };
    feeds["random/counter"] = { values: BigUint64Array.of(random.counter), shape: [] };
    feeds["random/first"] = { values: BigUint64Array.of(BigInt(part?.first ?? 0)), shape: [] };
  }
  for (const [index, number] of recording.numbers.entries()) {
    feeds[`number/${index}`] = { values: Float32Array.of(numberNow(number)), shape: [] };
  }
  const results = await session.run(feeds);
  if (generator !== undefined && random !== undefined) {
    random.counter = BigInt.asUintN(64, random.counter + BigInt(generator.draws));
  }
  recording.applied.forEach(countSteps);
  for (const { name, variable } of plan.written) {
    // The array becomes the variable's data as it is, and is fed to the next run as it is.
    const value = tf.tensor(numbersOf(results[name]), variable.shape, variable.dtype);
    variable.assign(value);
    value.dispose();
  }
  return Object.fromEntries(
    recording.outputs.map(({ name }) => [name, numbersOf(results[`output/${name}`])]),
  );
}

function numberNow({ name, read }: LiveNumber): number {
  const number = read();
  if (typeof number === "number" && !Number.isNaN(number)) return number;
  throw new TypeError(`Cannot run a program: ${name} must be a number, got ${number}`);
}

function elementsOf(variable: tf.Variable): OutputValues {
  const elements: Float32Array | Int32Array | Uint8Array = variable.dataSync();
  // A tensor made from a plain array may still hold it.
  return Array.isArray(elements) ? ARRAYS[variable.dtype as keyof typeof ARRAYS].from(elements) : elements;
}

function numbersOf({ values }: SessionTensor): OutputValues {
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    throw new TypeError(
      "Cannot read an output: it must hold float32, int32 or bool, got 64-bit whole numbers",
    );
  }
  return values;
}

/** Programs share variables: each run must see what the one before it wrote. */
const inTurn = createTurns();
