/**
 * What a step must be made of.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { StepOptions } from "./step_options.ts";

/** Throws RangeError unless the sizes are whole numbers from 1 up, and TypeError unless variables and optimizer are such. */
export function checkOptions(options: StepOptions): void {
  for (const name of ["batch", "microBatch"] as const) {
    if (!Number.isInteger(options[name]) || options[name] < 1) {
      throw new RangeError(
        `Cannot compile a step: ${name} must be a whole number from 1 up, got ${options[name]}`,
      );
    }
  }
  const { optimizer } = options, variables: readonly object[] = options.variables;
  const other = variables.find((variable) => !(variable instanceof tf.Variable));
  if (other !== undefined) {
    throw new TypeError(
      `Cannot compile a step: its variables must be those of tf.variable, got a ${other.constructor.name}; those of a model of layers ` +
        "are model.trainableWeights.map((weight) => weight.read())",
    );
  }
  if (typeof optimizer.create !== "function") {
    throw new TypeError(
      `Cannot compile a step: the optimizer must have a function create, got a ${optimizer.constructor.name}; one of tf.train is given ` +
        "as { create: (variables) => (gradients) => adam.applyGradients(variables.map(({ name }, i) => " +
        "({ name, tensor: gradients[i] }))) }, and keeps its own learning rate",
    );
  }
}

/** The loss or the penalty itself. Throws TypeError unless it is one number. */
export function oneNumber(sum: tf.Scalar, what: "loss" | "penalty"): tf.Scalar {
  if (sum instanceof tf.Tensor && sum.size === 1) return sum;
  const got = sum instanceof tf.Tensor ? `the shape [${sum.shape.join(", ")}]` : `${sum}`;
  const instead = what === "loss"
    ? "return the sum over rows, tf.sum(tf.mul(weights, losses))"
    : "add its elements up with tf.sum";
  throw new TypeError(`Cannot compile a step: its ${what} must be one number, got ${got}; ${instead}`);
}
