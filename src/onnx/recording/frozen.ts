/**
 * What JavaScript would compute once, while a program is recorded, and the program would then repeat in every run or never.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { drawsNumbers, noteSeedless, withSilentGenerators } from "../random/generators.ts";
import { scopes } from "./scopes.ts";

/** Throws when the numbers of a new tensor come from a function of JavaScript. */
export function refuseFrozenNumbers(): void {
  if (!scopes().includes("rand")) return;
  throw new Error(
    "Cannot record rand: its numbers come from a function of JavaScript, which runs once, while the program is recorded; " +
      "draw them with tf.randomUniform or tf.randomNormal, or give them as an input",
  );
}

/**
 * Runs `fn` while whatever changes from one call to the next refuses to be called: Math.random, clocks, `crypto`.
 *
 * TensorFlow.js's own random operations draw nothing meanwhile; see `generators.ts`.
 */
export function withoutFrozenNumbers<T>(fn: () => T): T {
  const refuse = (name: string, instead: string) => () => {
    throw new Error(
      `Cannot record ${name}: the program would repeat in every run what it gave while it was recorded; ${instead}`,
    );
  };
  const time = "give the time as an input", number = "draw it with tf.randomUniform, or give it as an input";
  const date = new Proxy(Date, {
    apply: refuse("Date()", time),
    construct(target, parameters) {
      return parameters.length === 0 ? refuse("new Date()", time)() : Reflect.construct(target, parameters);
    },
    get: (target, property) => property === "now" ? refuse("Date.now", time) : Reflect.get(target, property),
  });
  const random = refuse("Math.random", number);
  const restore = [
    replace(Math, "random", () => drawsNumbers(scopes().at(-1)) ? noteSeedless() : random()),
    replace(globalThis, "Date", date),
    replace(performance, "now", refuse("performance.now", time)),
    replace(crypto, "getRandomValues", refuse("crypto.getRandomValues", number)),
    replace(crypto, "randomUUID", refuse("crypto.randomUUID", number)),
  ];
  try {
    return withSilentGenerators(fn);
  } finally {
    for (const back of restore) back();
  }
}

/**
 * Runs `fn` while the methods of models that wait between steps refuse to be called: what they do after waiting would be too late to be
 * recorded, and would fail unseen.
 */
export function withoutTrainingLoops<T>(fn: () => T): T {
  const models = [tf.LayersModel.prototype, tf.Sequential.prototype];
  const restore = models.flatMap((model) =>
    ["fit", "fitDataset", "trainOnBatch", "evaluateDataset"].map((name) =>
      replace(model, name, () => {
        throw new Error(
          `Cannot record ${name} of a model: it waits, and a program is recorded without waiting; record one step, ` +
            "optimizer.minimize of a loss of model.apply(x, { training: true }), or call it outside after useOnnxBackend",
        );
      })
    )
  );
  try {
    return fn();
  } finally {
    for (const back of restore) back();
  }
}

/** Gives an object another property; the function that it returns gives it the one that it had, its own or an inherited one. */
function replace(object: object, name: string, value: unknown): () => void {
  const own = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { value, configurable: true, writable: true });
  return () => {
    if (own === undefined) Reflect.deleteProperty(object, name);
    else Object.defineProperty(object, name, own);
  };
}
