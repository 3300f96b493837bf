/**
 * What a step of training is made of.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Random } from "../random/random.ts";
import type { Provider } from "../runtime/providers.ts";

/** How variables follow their gradients. */
export interface Optimizer {
  /**
   * Makes what assigns the variables from their gradients, which come in the same order.
   *
   * Whatever the rule remembers from step to step are variables that it makes here. An optimizer of `tf.train` follows them by
   * `applyGradients`, and then keeps its own learning rate.
   */
  create(variables: tf.Variable[]): (gradients: tf.Tensor[], learningRate: tf.Scalar) => void;
}

/** How to compile a step. */
export interface StepOptions {
  /** The sum over rows of weight times the loss of the row; `weights` has one number a row, 0 for padding. */
  readonly loss: (inputs: Record<string, tf.Tensor>, weights: tf.Tensor1D) => tf.Scalar;
  /** What is added to the loss once a step, whatever the number of rows. */
  readonly penalty?: () => tf.Scalar;
  /** The variables that are trained; those of a model of layers are what `read` gives of its `trainableWeights`. */
  readonly variables: tf.Variable[];
  /** How they follow their gradients. */
  readonly optimizer: Optimizer;
  /** The shape of one row of each input. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  /** The largest number of rows of a step. */
  readonly batch: number;
  /** The number of rows that are in memory at a time. */
  readonly microBatch: number;
  /** Threads of one operator. Default 1. */
  readonly threads?: number;
  /** Where it runs; another gives other rounding. Default `cpu`. */
  readonly provider?: Provider;
  /** Where random operations and layers take their numbers from. */
  readonly random?: Random;
  /**
   * What a network whose rows look at each other learns from when a batch has several micro-batches: each by itself. Without it, such a
   * network is refused.
   */
  readonly batchStatistics?: "micro-batch";
}
