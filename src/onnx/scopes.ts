/**
 * Which operation of TensorFlow.js is under way, and what must not happen in it.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { layerUnderWay } from "./layers.ts";

const RANDOM = [
  "randomUniform",
  "randomNormal",
  "truncatedNormal",
  "randomStandardNormal",
  "randomGamma",
  "rand",
];

/** The operations under way, from the outermost in. */
export function scopes(): string[] {
  const names = tf.engine().state.scopeStack.map((scope) => scope.name);
  return names.filter((name) => name.endsWith("__op")).map((name) => name.slice(0, -"__op".length));
}

/** ` in conv1d/conv2d of the layer "first"`, or nothing outside any operation and layer. */
export function operation(): string {
  const names = scopes(), layer = layerUnderWay();
  const within = layer === undefined ? "" : ` of the layer "${layer}"`;
  return `${names.length === 0 ? "" : ` in ${names.join("/")}`}${within}`;
}

/** Throws when the numbers of a new tensor come from a random operation: they would be the same in every run. */
export function refuseFrozenNumbers(): void {
  const random = scopes().find((name) => RANDOM.includes(name));
  if (random !== undefined) throw frozen(random);
}

/**
 * Runs `fn` while Math.random refuses to be called, except inside dropout, whose numbers the program draws itself.
 */
export function withoutMathRandom<T>(fn: () => T): T {
  const { random } = Math;
  Math.random = () => {
    if (scopes().includes("dropout")) return 0.5;
    throw frozen(scopes().at(-1) ?? "Math.random");
  };
  try {
    return fn();
  } finally {
    Math.random = random;
  }
}

function frozen(name: string): Error {
  return new Error(
    `Cannot record ${name}: random numbers must be drawn by the program, got numbers drawn once while it was recorded; ` +
      "draw them with randomUniform of src/onnx/random.ts, or give them as an input (weights: build the model before)",
  );
}
