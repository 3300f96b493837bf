/**
 * Which layer is being applied while a program is recorded, and what a layer must not do in one.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { encodeCategories } from "./category_encoding.ts";

/** The largest number of steps that a recurrent layer is unrolled to: the time to open a session grows faster than the graph. */
export const MAX_STEPS = 256;

const underWay: tf.layers.Layer[] = [];

/** The layers in which an error was thrown, from the outermost in. */
const failures = new WeakMap<object, readonly tf.layers.Layer[]>();

/** The name of the innermost layer that is being applied, or undefined outside any. */
export function layerUnderWay(): string | undefined {
  return underWay.at(-1)?.name;
}

/** `encoder/conv1`: the layers that are being applied, from the outermost in, by the names given; one without a name is left out. */
export function layerPath(names: ReadonlyMap<tf.layers.Layer, string>): string {
  return pathOf(underWay, names);
}

/** The same of the layers in which an error was thrown; empty where it was thrown outside any. */
export function failedPath(error: Error, names: ReadonlyMap<tf.layers.Layer, string>): string {
  return pathOf(failures.get(error) ?? [], names);
}

function pathOf(layers: readonly tf.layers.Layer[], names: ReadonlyMap<tf.layers.Layer, string>): string {
  return layers.flatMap((layer) => names.get(layer) ?? []).join("/");
}

/** Runs `fn` while layers are known by name, and while those that run step by step refuse more than {@linkcode MAX_STEPS}. */
export function withLayerNames<T>(fn: () => T): T {
  const { prototype } = tf.layers.Layer, { apply } = prototype;
  prototype.apply = function (inputs, kwargs) {
    const [input] = [inputs].flat();
    underWay.push(this);
    try {
      if (input instanceof tf.Tensor) {
        if (runsStepByStep(this)) refuseSteps(this, input);
        if (this.getClassName() === "CategoryEncoding") {
          return encodeCategories(this, input, kwargs?.countWeights);
        }
      }
      return apply.call(this, inputs, kwargs);
    } catch (error) {
      if (error instanceof Error && !failures.has(error)) failures.set(error, [...underWay]);
      throw error;
    } finally {
      underWay.pop();
    }
  };
  try {
    return fn();
  } finally {
    prototype.apply = apply;
  }
}

function runsStepByStep(layer: tf.layers.Layer): boolean {
  return layer instanceof tf.RNN || ["Bidirectional", "TimeDistributed"].includes(layer.getClassName());
}

function refuseSteps(layer: tf.layers.Layer, { shape: [, steps = 0] }: tf.Tensor): void {
  if (layer.stateful) {
    throw new RangeError(
      `Cannot record the layer "${layer.name}": it must not be stateful, since its state would start again in each run; ` +
        "keep the state in a tf.variable, and give it to the layer as its initial state",
    );
  }
  if (steps <= MAX_STEPS) return;
  const instead = layer.getClassName() === "TimeDistributed"
    ? "apply the layer itself (a dense layer takes every time step), or reshape the time steps into the batch"
    : "shorten the signal before it with strides or pooling, or give it shorter windows";
  throw new RangeError(
    `Cannot record the layer "${layer.name}": a layer that runs step by step must have at most ${MAX_STEPS} steps, ` +
      `got ${steps}; ${instead}`,
  );
}
