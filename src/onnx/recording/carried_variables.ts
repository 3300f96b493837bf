/**
 * The variables that carry a program's state from run to run.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Graph, Value } from "../graph/graph.ts";
import { knownElements, operandType, plain, plainValue } from "../graph/operand.ts";
import type { RecordingBackend } from "./backend.ts";
import { operation } from "./scopes.ts";

/** A variable that the program reads or writes. */
export interface Carried {
  readonly variable: tf.Variable;
  /** Its value before the run; undefined when the program never reads it. */
  readonly input?: Value;
  /** Its value after the run; undefined when the program leaves it alone. */
  readonly output?: Value;
}

/** The variables of TensorFlow.js, set aside while a program is recorded. */
export class CarriedVariables {
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

  /** Runs `fn` while a variable that it makes must have numbers to start with. */
  withKnownStarts<T>(fn: () => T): T {
    const engine = tf.engine(), { makeVariable } = engine;
    engine.makeVariable = (start, trainable, name, dtype) => {
      if (knownElements(this.#backend.lookUp(start)) === undefined) {
        throw new Error(
          `Cannot record the program: a variable that it makes must start with numbers that are known${operation()}, got ` +
            "numbers that exist only when the program runs; make the variable before (weights: build the model before)",
        );
      }
      return makeVariable.call(engine, start, trainable, name, dtype);
    };
    try {
      return fn();
    } finally {
      // The engine's own is a method that it inherits.
      Reflect.deleteProperty(engine, "makeVariable");
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
    variable.assign(this.#backend.tensorOf(plain(value)));
  }

  #known(variable: tf.Variable): ReturnType<typeof knownElements> {
    return knownElements(this.#backend.lookUp(variable));
  }
}
