/**
 * The weights of a model by names that stay the same: `block1_conv1/kernel`.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** Values of a weight outside a model. */
export interface WeightValues {
  /** Its shape. */
  readonly shape: readonly number[];
  /** Its numbers, the last axis fastest. */
  readonly values: ArrayLike<number>;
}

/**
 * The weights of a model or a layer by name, in the order of the layers.
 *
 * The names are those given when the layers were made: tfjs numbers the weights of a second equal model (`kernel_1`), which
 * would make a file depend on what else was built before it.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import assert from "node:assert/strict";
 * const model = tf.sequential({ layers: [tf.layers.dense({ name: "logits", units: 2, inputShape: [3] })] });
 * assert.deepEqual(Object.keys(namedWeights(model)), ["logits/kernel", "logits/bias"]);
 * ```
 */
export function namedWeights(model: tf.layers.Layer): Record<string, tf.Variable> {
  const weights: Record<string, tf.Variable> = {};
  for (const weight of model.weights) {
    const variable = weight.read();
    if (!(variable instanceof tf.Variable)) {
      throw new TypeError(`Cannot name the weights: ${weight.originalName} must be a variable, got a tensor`);
    }
    if (weight.originalName in weights) {
      throw new RangeError(
        `Cannot name the weights: names must be unique, got ${weight.originalName} twice`,
      );
    }
    weights[weight.originalName] = variable;
  }
  return weights;
}

/**
 * Gives a model the weights of these names; further ones are for other parts of a network and left alone.
 *
 * Throws RangeError when a weight of the model is missing, TypeError when one has another shape.
 */
export function loadWeights(model: tf.LayersModel, weights: Readonly<Record<string, WeightValues>>): void {
  assignWeights(namedWeights(model), weights);
}

/** The same for variables by name. */
export function assignWeights(
  variables: Readonly<Record<string, tf.Variable>>,
  weights: Readonly<Record<string, WeightValues>>,
): void {
  for (const [name, variable] of Object.entries(variables)) {
    const given = weights[name];
    if (given === undefined) {
      throw new RangeError(
        `Cannot load weights: ${name} must be among them, got ${Object.keys(weights).join(", ") || "none"}`,
      );
    }
    if (given.shape.join() !== variable.shape.join()) {
      throw new TypeError(
        `Cannot load weights: ${name} must have the shape [${variable.shape}], got [${given.shape}]`,
      );
    }
    setVariable(variable, Float32Array.from(given.values));
  }
}

/** Gives a variable new values, of its own shape. */
export function setVariable(variable: tf.Variable, values: Float32Array): void {
  tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
}
