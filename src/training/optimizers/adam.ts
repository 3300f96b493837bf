/**
 * Adam, and Adam with decoupled weight decay.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Optimizer } from "../../onnx/programs/step_options.ts";

/** Parameters of {@linkcode adam}. */
export interface AdamParameters {
  /** Decay of the mean of gradients, from 0 to below 1. */
  readonly beta1: number;
  /** Decay of the mean of squared gradients, from 0 to below 1. */
  readonly beta2: number;
  /** Added to the root of the second moment. */
  readonly epsilon: number;
  /** Times the learning rate: the share of every weight that is taken off before a step. */
  readonly weightDecay?: number;
}

/**
 * Adam: θ ← θ - η · λ · θ - η · m̂ / (√v̂ + ε), with m ← β₁ m + (1 - β₁) g, v ← β₂ v + (1 - β₂) g², m̂ = m / (1 - β₁ᵗ) and v̂ = v / (1 - β₂ᵗ).
 *
 * η is the learning rate of the step, λ the weight decay, which holds for every weight as in PyTorch's `AdamW`.
 *
 * Source: Kingma and Ba (2015), algorithm 1; Loshchilov and Hutter (2019), algorithm 2, without its schedule multiplier.
 */
export function adam({ beta1, beta2, epsilon, weightDecay = 0 }: AdamParameters): Optimizer {
  return {
    create(variables) {
      const zeros = (variable: tf.Variable) => tf.variable(tf.zerosLike(variable), false);
      const means = variables.map(zeros), squares = variables.map(zeros);
      const power1 = tf.variable(tf.scalar(1), false), power2 = tf.variable(tf.scalar(1), false);
      return (gradients, learningRate) =>
        tf.tidy(() => {
          power1.assign(power1.mul(beta1));
          power2.assign(power2.mul(beta2));
          const correction1 = tf.sub(1, power1), correction2 = tf.sub(1, power2);
          variables.forEach((variable, index) => {
            const gradient = gradients[index];
            const mean = means[index].mul(beta1).add(gradient.mul(1 - beta1));
            const square = squares[index].mul(beta2).add(gradient.square().mul(1 - beta2));
            const root = square.div(correction2).sqrt().add(epsilon);
            const change = mean.div(correction1).div(root).mul(learningRate);
            const kept = weightDecay === 0
              ? variable
              : variable.mul(tf.sub(1, learningRate.mul(weightDecay)));
            means[index].assign(mean);
            squares[index].assign(square);
            variable.assign(kept.sub(change));
          });
        });
    },
  };
}
