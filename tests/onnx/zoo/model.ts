/** What the zoo says of a model, and how its models are put together. */
import * as tf from "@tensorflow/tfjs";

const { layers } = tf;

/** A model of the zoo. */
export interface ZooModel {
  /** Builds it anew, with weights that depend on nothing but their places and shapes. */
  build(): tf.LayersModel;
  /** The largest number of rows that the `cpu` backend computes in a test's time. */
  readonly rows?: number;
  /** A weight that the file has. */
  readonly weight: string;
  /** A node that the file has. */
  readonly node: string;
}

/** The layers after one another, from an input of the given shape. */
export function sequence(inputShape: number[], stack: tf.layers.Layer[]): tf.LayersModel {
  return tf.sequential({ layers: [layers.inputLayer({ inputShape }), ...stack] });
}

/** A layer on one tensor or several. */
export function apply(layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]): tf.SymbolicTensor {
  return layer.apply(inputs.length === 1 ? inputs[0] : inputs) as tf.SymbolicTensor;
}

/** The layers after one another, from a tensor. */
export function chain(input: tf.SymbolicTensor, stack: tf.layers.Layer[]): tf.SymbolicTensor {
  return stack.reduce((signal, layer) => apply(layer, signal), input);
}
