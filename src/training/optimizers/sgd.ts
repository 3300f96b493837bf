/**
 * Stochastic gradient descent.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Optimizer } from "../../onnx/programs/step_options.ts";

/** Parameters of {@linkcode sgd}. */
export interface SgdParameters {
  /** The share of the last step's velocity that is kept, from 0 to below 1. */
  readonly momentum: number;
}

/**
 * Gradient descent with momentum: u ← μ u + g, θ ← θ - η u.
 *
 * Source: Polyak (1964), in the form that PyTorch and TensorFlow use.
 */
export function sgd({ momentum }: SgdParameters): Optimizer {
  return {
    create(variables) {
      const velocities = momentum === 0
        ? undefined
        : variables.map((variable) => tf.variable(tf.zerosLike(variable), false));
      return (gradients, learningRate) =>
        tf.tidy(() => {
          variables.forEach((variable, index) => {
            let velocity = gradients[index];
            if (velocities !== undefined) {
              velocity = velocities[index].mul(momentum).add(velocity);
              velocities[index].assign(velocity);
            }
            variable.assign(variable.sub(velocity.mul(learningRate)));
          });
        });
    },
  };
}
