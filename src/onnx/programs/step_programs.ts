/**
 * The programs of a step of training.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { BatchPart } from "../random/draws.ts";
import type { Random } from "../random/random.ts";
import { record } from "../recording/recording.ts";
import { findMixing, type Mixing } from "../rows/mixing.ts";
import { compile, type Compiled, type CompileOptions } from "./compile.ts";
import { oneNumber } from "./step_checks.ts";
import type { StepOptions } from "./step_options.ts";

/** The programs of a step; there is one that learns for each number of rows that came. */
export interface StepPrograms {
  /** Compiles the program that learns from this number of rows. */
  prepare(rows: number): Promise<void>;
  /** Takes a micro-batch in and gives its part of the loss. */
  learn(part: Readonly<Record<string, Float32Array>>, options: LearnOptions): Promise<number>;
  /** Ends the step and gives the rest of the loss. */
  finish(learningRate: number): Promise<number>;
  /** Gives the memory of all of them back. */
  dispose(): Promise<void>;
}

/** Which rows of the batch a micro-batch has, and the rate of the step. */
export interface LearnOptions {
  readonly first: number;
  readonly rows: number;
  readonly learningRate: number;
}

/** Where rows look at each other in the loss of a step; undefined when they do not. */
export function mixingOf(options: StepOptions, rows: number): Mixing | undefined {
  const shapes = Object.entries({ ...rowInputs(options, rows), weights: [rows] });
  const recording = record(({ weights, ...given }) => {
    return { loss: oneNumber(options.loss(rowsByName(given), weights.as1D()), "loss") };
  }, {
    inputs: Object.fromEntries(shapes.map(([name, shape]) => [name, { shape, dtype: "float32" }])),
    random: options.random !== undefined,
  });
  return findMixing(recording.graph, {
    inputs: recording.inputs.map(({ value }) => value),
    rows,
    sum: recording.outputs[0].value,
    state: recording.state.flatMap(({ output }) => output === undefined ? [] : [output]),
  });
}

/** Forward, backward and update in one program. */
export function compileWhole(options: StepOptions): StepPrograms {
  const { loss, penalty, variables, optimizer, random } = options;
  const update = optimizer.create(variables);
  const programs = programsByRows((rows, part) =>
    compile(({ weights, learningRate, ...given }) => {
      const total = () => {
        const sum = loss(rowsByName(given), weights.as1D());
        return penalty === undefined ? sum : tf.add(sum, oneNumber(penalty(), "penalty")).asScalar();
      };
      const { value, gradients } = gradientsOf(total, variables);
      update(gradients, learningRate.asScalar());
      return { loss: value };
    }, {
      ...whereToRun(options),
      inputs: { ...rowInputs(options, rows), weights: [rows], learningRate: [] },
      random,
      part,
    }), options.batch);
  return {
    async prepare(rows) {
      await programs.at(rows);
    },
    async learn(part, { rows, learningRate }) {
      const { program } = await programs.at(rows);
      return lossOf(program, { ...part, learningRate });
    },
    finish: () => Promise.resolve(0),
    dispose: programs.dispose,
  };
}

/** Forward and backward of a micro-batch in one program, which adds its gradients up; penalty and update in another. */
export async function compileInParts(options: StepOptions): Promise<StepPrograms> {
  const { loss, penalty, variables, optimizer, random } = options;
  const update = optimizer.create(variables);
  const sums = variables.map((variable) => tf.tidy(() => tf.variable(tf.zeros(variable.shape), false)));
  // All micro-batches of a step draw from one counter, each the numbers of its rows.
  const drawn: Random | undefined = random && { key: random.key, counter: random.counter };
  let ahead = random?.counter;
  const programs = programsByRows((rows, part) =>
    compile(({ weights, ...given }) => {
      const { value, gradients } = gradientsOf(() => loss(rowsByName(given), weights.as1D()), variables);
      gradients.forEach((gradient, index) => sums[index].assign(tf.add(sums[index], gradient)));
      return { loss: value };
    }, {
      ...whereToRun(options),
      inputs: { ...rowInputs(options, rows), weights: [rows] },
      random: drawn,
      part,
    }), options.batch);
  const finish = await compile(({ learningRate }) => {
    const extra = penalty === undefined
      ? undefined
      : gradientsOf(() => oneNumber(penalty(), "penalty"), variables);
    const gradients = sums.map((sum, index) =>
      extra === undefined ? tf.clone(sum) : tf.add(sum, extra.gradients[index])
    );
    update(gradients, learningRate.asScalar());
    for (const sum of sums) sum.assign(tf.zerosLike(sum));
    return { loss: extra === undefined ? tf.scalar(0) : extra.value };
  }, { ...whereToRun(options), inputs: { learningRate: [] }, random });
  return {
    async prepare(rows) {
      await programs.at(rows);
    },
    async learn(part, { first, rows }) {
      const { program, place } = await programs.at(rows);
      place.first = first;
      if (random !== undefined && drawn !== undefined) drawn.counter = random.counter;
      const value = await lossOf(program, part);
      ahead = drawn?.counter;
      return value;
    },
    finish(learningRate) {
      if (random !== undefined && ahead !== undefined) random.counter = ahead;
      return lossOf(finish, { learningRate });
    },
    async dispose() {
      await programs.dispose();
      await finish.dispose();
      for (const sum of sums) sum.dispose();
    },
  };
}

interface Sized {
  readonly program: Compiled;
  readonly place: BatchPart;
}

function programsByRows(
  create: (rows: number, part: BatchPart) => Promise<Compiled>,
  batch: number,
) {
  const programs = new Map<number, Promise<Sized>>();
  let disposed = false;
  return {
    at(rows: number): Promise<Sized> {
      if (disposed) throw new Error("Cannot run a step: it must not be disposed");
      let known = programs.get(rows);
      if (known === undefined) {
        const place = { rows, of: batch, first: 0 };
        known = create(rows, place).then((program) => ({ program, place }));
        programs.set(rows, known);
        // What did not compile is not there to be disposed.
        known.catch(() => programs.delete(rows));
      }
      return known;
    },
    async dispose() {
      disposed = true;
      for (const known of programs.values()) await (await known).program.dispose();
    },
  };
}

function whereToRun({ threads, provider }: StepOptions): Pick<CompileOptions, "threads" | "provider"> {
  return { threads, provider };
}

/** The gradient of each variable, zeros where the loss does not depend on it. */
function gradientsOf(loss: () => tf.Scalar, variables: tf.Variable[]) {
  const { value, grads } = tf.engine().gradients(loss, variables, undefined, true);
  const gradients = variables.map((variable, index) => grads[index] ?? tf.zerosLike(variable));
  return { value, gradients };
}

function rowInputs({ inputs }: StepOptions, size: number): Record<string, number[]> {
  return Object.fromEntries(Object.entries(inputs).map(([name, shape]) => [`row/${name}`, [size, ...shape]]));
}

function rowsByName(rows: Record<string, tf.Tensor>): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(rows).map(([name, tensor]) => [name.slice("row/".length), tensor]),
  );
}

async function lossOf(program: Compiled, inputs: Parameters<Compiled["run"]>[0]): Promise<number> {
  return (await program.run(inputs)).loss[0];
}
