/**
 * Running a function once on symbolic tensors, to learn the program that it is.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { BACKEND_NAME, type RecordingBackend, recordingBackend } from "./backend.ts";
import "./gradients.ts";
import { Graph, type Value } from "./graph.ts";
import { knownElements, type Operand, operandType, plain, plainValue } from "./operand.ts";
import { scopes, withoutMathRandom } from "./scopes.ts";
import { drawUniform, type GeneratorInputs } from "./squares.ts";

/** The function that is recorded: tensors in and out by name. */
export type Program = (inputs: Record<string, tf.Tensor>) => Record<string, tf.Tensor>;

/** The shape and type of an input. */
export interface InputSignature {
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32" | "bool";
}

/** A value with its name. */
export interface Named {
  readonly name: string;
  readonly value: Value;
}

/** A variable that the program reads or writes. */
export interface Carried {
  readonly variable: tf.Variable;
  /** Its value before the run; undefined when the program never reads it. */
  readonly input?: Value;
  /** Its value after the run; undefined when the program leaves it alone. */
  readonly output?: Value;
}

/** A recorded program. */
export interface Recording {
  readonly graph: Graph;
  readonly inputs: readonly Named[];
  readonly outputs: readonly Named[];
  readonly state: readonly Carried[];
  /** The inputs of its random numbers, and how many it draws; undefined when it draws none. */
  readonly generator?: GeneratorInputs & { readonly draws: number };
}

/** What a recording needs to know. */
export interface RecordingOptions {
  readonly inputs: Readonly<Record<string, InputSignature>>;
  /** Whether the program may draw random numbers. */
  readonly random: boolean;
  /** Variables whose values are constants of these names; the others carry state. */
  readonly constants?: ReadonlyMap<tf.Variable, string>;
}

/**
 * Records a function.
 *
 * Variables keep their values: those that the function assigned have their old ones again when this returns. Throws what the function
 * throws, and when it freezes random numbers, reads a symbolic tensor, or uses a kernel that has no lowering.
 */
export function record(fn: Program, options: RecordingOptions): Recording {
  const backend = recordingBackend();
  // Asking for the backend initializes the default one, which is there afterwards again.
  tf.backend();
  const before = tf.getBackend();
  const graph = new Graph(() => scopes().at(-1) ?? "");
  const variables = new VariablesOfRecording(backend, graph, options.constants ?? new Map());
  let generator: GeneratorInputs | undefined, draws = 0;
  backend.setTrace({
    graph,
    adopt: (variable) => variables.adopt(variable),
    drawUniform(shape) {
      if (!options.random) {
        throw new Error(
          `Cannot record ${
            scopes()[0] ?? "randomUniform"
          }: a program that draws random numbers must be given the option ` +
            "random, got none",
        );
      }
      generator ??= { key: graph.input("uint64", []), counter: graph.input("uint64", []) };
      const value = drawUniform(graph, generator, { offset: draws, shape });
      draws += value.shape.reduce((size, length) => size * length, 1);
      return plain(value);
    },
  });
  try {
    variables.hold();
    // The factory of the backend is synchronous, so that the switch is done when this returns.
    void tf.setBackend(BACKEND_NAME);
    let recording: Recording | undefined;
    withoutMathRandom(() =>
      tf.tidy(() => {
        variables.replace();
        const inputs = Object.entries(options.inputs).map(([name, { shape, dtype }]) => {
          return { name, value: graph.input(dtype, shape) };
        });
        const tensors = inputs.map(({ name, value }) => [name, tensorOf(backend, plain(value))]);
        const results = Object.entries(fn(Object.fromEntries(tensors)));
        const outputs = results.map(([name, tensor]) => {
          return { name, value: plainValue(graph, backend.operandOf(tensor)) };
        });
        const drawn = generator && { ...generator, draws };
        recording = { graph, inputs, outputs, state: variables.carried(), generator: drawn };
      })
    );
    return recording!;
  } finally {
    void tf.setBackend(before);
    variables.restore();
    backend.setTrace(undefined);
  }
}

/** The variables of TensorFlow.js, set aside while a program is recorded. */
class VariablesOfRecording {
  readonly #backend: RecordingBackend;
  readonly #graph: Graph;
  readonly #constants: ReadonlyMap<tf.Variable, string>;
  readonly #originals = new Map<tf.Variable, tf.Tensor>();
  readonly #inputs = new Map<tf.Variable, Value>();
  /** First values of the variables that the function made. */
  readonly #first = new Map<tf.Variable, ReturnType<typeof knownElements>>();

  constructor(backend: RecordingBackend, graph: Graph, constants: ReadonlyMap<tf.Variable, string>) {
    this.#backend = backend;
    this.#graph = graph;
    this.#constants = constants;
  }

  /** Keeps the values that the variables have. */
  hold(): void {
    for (const variable of Object.values(tf.engine().registeredVariables)) {
      this.#originals.set(variable, tf.keep(variable.clone()));
    }
  }

  /** Gives each variable a symbolic value. */
  replace(): void {
    for (const [variable, original] of this.#originals) {
      const name = this.#constants.get(variable);
      if (name === undefined) {
        this.#substitute(variable, this.#graph.input(operandType(variable.dtype), variable.shape));
      } else {
        const elements = original.dataSync<"float32">();
        const type = operandType(variable.dtype);
        this.#substitute(variable, this.#graph.constant(elements, { type, shape: variable.shape, name }));
      }
    }
  }

  /** Makes a variable that the function created, and now reads, carry state. */
  adopt(variable: tf.Variable): void {
    if (this.#inputs.has(variable)) return;
    const entry = this.#known(variable);
    // A variable that was assigned before it was read needs no value from outside.
    if (entry === undefined) return;
    this.#first.set(variable, entry);
    this.#substitute(variable, this.#graph.input(operandType(variable.dtype), variable.shape));
  }

  /** The variables that the program reads or writes. */
  carried(): Carried[] {
    return Object.values(tf.engine().registeredVariables).flatMap((variable) => {
      const input = this.#inputs.get(variable);
      if (input === undefined && this.#known(variable) !== undefined) return [];
      const value = plainValue(this.#graph, this.#backend.lookUp(variable));
      const changed = value !== input;
      if (changed && this.#constants.has(variable)) {
        throw new Error(
          `Cannot record the program: the variable "${variable.name}" must not change, got an assignment to it`,
        );
      }
      return [{ variable, input, output: changed ? value : undefined }];
    });
  }

  /** Gives the variables their values back; those that the function made get their first ones. */
  restore(): void {
    for (const variable of Object.values(tf.engine().registeredVariables)) {
      const original = this.#originals.get(variable);
      const elements = original === undefined
        ? this.#first.get(variable) ?? this.#known(variable)
        : undefined;
      const value = original ??
        (elements
          ? tf.tensor(elements, variable.shape, variable.dtype)
          : tf.zeros(variable.shape, variable.dtype));
      variable.assign(value);
      value.dispose();
      this.#originals.delete(variable);
    }
    for (const original of this.#originals.values()) original.dispose();
  }

  #substitute(variable: tf.Variable, value: Value): void {
    this.#inputs.set(variable, value);
    variable.assign(tensorOf(this.#backend, plain(value)));
  }

  #known(variable: tf.Variable): ReturnType<typeof knownElements> {
    return knownElements(this.#backend.lookUp(variable));
  }
}

function tensorOf(backend: RecordingBackend, operand: Operand): tf.Tensor {
  return tf.engine().makeTensorFromTensorInfo(backend.store(operand));
}
