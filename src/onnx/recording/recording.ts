/**
 * Running a function once on symbolic tensors, to learn the program that it is.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import "../gradients/table.ts";
import { Graph, type Value } from "../graph/graph.ts";
import { plain, plainValue } from "../graph/operand.ts";
import type { Named } from "../graph/program.ts";
import { type BatchPart, Draws, type GeneratorInputs } from "../random/draws.ts";
import { BACKEND_NAME, recordingBackend } from "./backend.ts";
import { type Carried, CarriedVariables } from "./carried_variables.ts";
import { withoutDebugMode } from "./debug_mode.ts";
import { withoutFrozenNumbers, withoutTrainingLoops } from "./frozen.ts";
import { layerPath, layerUnderWay, withLayerNames } from "./layers.ts";
import { type Applied, type LiveNumber, withLiveLearningRates } from "./learning_rates.ts";
import { withFreshMasks } from "./recurrent_masks.ts";
import { scopes } from "./scopes.ts";

/** The function that is recorded: tensors in and out by name. */
export type Program = (inputs: Record<string, tf.Tensor>) => Record<string, tf.Tensor>;

/** The shape and type of an input. */
export interface InputSignature {
  /** The length of each axis; none for a single number. */
  readonly shape: readonly number[];
  /** The type of its elements. */
  readonly dtype: "float32" | "int32" | "bool";
}

/** A recorded program. */
export interface Recording {
  readonly graph: Graph;
  readonly inputs: readonly Named[];
  readonly outputs: readonly Named[];
  readonly state: readonly Carried[];
  /** The inputs of its random numbers, and how many it draws; undefined when it draws none. */
  readonly generator?: GeneratorInputs & { readonly draws: number };
  /** What it reads from JavaScript in each run. */
  readonly numbers: readonly (LiveNumber & { readonly value: Value })[];
  /** The optimizers of TensorFlow.js that take a step in each run. */
  readonly applied: readonly Applied[];
}

/** What a recording needs to know. */
export interface RecordingOptions {
  readonly inputs: Readonly<Record<string, InputSignature>>;
  /** Whether the program may draw random numbers. */
  readonly random: boolean;
  /** How much of a batch a run sees; the whole unless given. */
  readonly part?: BatchPart;
  /** Variables whose values are constants of these names; the others carry state. */
  readonly constants?: ReadonlyMap<tf.Variable, string>;
  /** Layers whose nodes are named after them. */
  readonly layers?: ReadonlyMap<tf.layers.Layer, string>;
}

/**
 * Records a function.
 *
 * Variables keep their values: those that the function assigned have their old ones again when this returns. Throws what the function
 * throws, and when it freezes random numbers, reads a symbolic tensor, or uses a kernel that has no lowering.
 */
export function record(fn: Program, options: RecordingOptions): Recording {
  return withoutDebugMode(() => recordOnce(fn, options));
}

function recordOnce(fn: Program, options: RecordingOptions): Recording {
  const backend = recordingBackend();
  // Asking for the backend initializes the default one, which is there afterwards again.
  tf.backend();
  const before = tf.getBackend();
  const layers = options.layers ?? new Map<tf.layers.Layer, string>();
  const graph = new Graph(() => scopes().at(-1) ?? "", () => layerPath(layers));
  const variables = new CarriedVariables(backend, graph, options.constants ?? new Map());
  const draws = new Draws(graph, options.part);
  const numbers: (LiveNumber & { readonly value: Value })[] = [], applied = new Map<tf.Optimizer, Applied>();
  const live = (number: LiveNumber) => {
    const value = graph.input("float32", []);
    numbers.push({ ...number, value });
    return () => backend.tensorOf(plain(value)).asScalar();
  };
  backend.setTrace({
    graph,
    adopt: (variable) => variables.adopt(variable),
    draws() {
      if (options.random) return draws;
      const layer = layerUnderWay();
      throw new Error(
        `Cannot record ${scopes()[0] ?? "randomUniform"}${
          layer === undefined ? "" : ` of the layer "${layer}"`
        }: a program ` +
          "that draws random numbers must be given the option random (createRandom makes one), got none " +
          "(weights: build the model before)",
      );
    },
  });
  try {
    variables.hold();
    // The factory of the backend is synchronous, so that the switch is done when this returns.
    void tf.setBackend(BACKEND_NAME);
    let recording: Recording | undefined;
    const run = () =>
      tf.tidy(() => {
        variables.replace();
        const inputs = Object.entries(options.inputs).map(([name, { shape, dtype }]) => {
          return { name, value: graph.input(dtype, shape) };
        });
        const tensors = inputs.map(({ name, value }) => [name, backend.tensorOf(plain(value))]);
        const results = variables.withKnownStarts(() => fn(Object.fromEntries(tensors)));
        const outputs = namedTensors(results).map(([name, tensor]) => {
          return { name, value: plainValue(graph, backend.operandOf(tensor)) };
        });
        const generator = draws.inputs && { ...draws.inputs, draws: draws.count };
        const state = variables.carried();
        recording = { graph, inputs, outputs, state, generator, numbers, applied: [...applied.values()] };
      });
    const inLayers = () =>
      withLayerNames(() => withFreshMasks(() => withLiveLearningRates({ live, applied }, run)));
    withoutFrozenNumbers(() => withoutTrainingLoops(inLayers));
    return recording!;
  } finally {
    void tf.setBackend(before);
    variables.restore();
    backend.setTrace(undefined);
  }
}

function namedTensors(results: Record<string, tf.Tensor>): [string, tf.Tensor][] {
  const refused = (got: string) =>
    new TypeError(`Cannot record the program: it must return tensors by name, got ${got}`);
  if (results instanceof Promise) {
    // Whatever it comes to, the program is not recorded.
    results.catch(() => undefined);
    throw refused("a promise; use no await in the function, and read what it returns from the run");
  }
  if (results instanceof tf.Tensor) throw refused("a tensor without a name; return { name: tensor }");
  if (results === null || typeof results !== "object") throw refused(`${results}`);
  for (const [name, tensor] of Object.entries(results)) {
    if (!(tensor instanceof tf.Tensor)) throw refused(`"${name}", which is ${kindOf(tensor)}`);
    if (tensor.isDisposed) throw refused(`"${name}", which is disposed`);
  }
  return Object.entries(results);
}

function kindOf(value: unknown): string {
  return value === undefined || value === null ? `${value}` : `a ${value.constructor.name}`;
}
