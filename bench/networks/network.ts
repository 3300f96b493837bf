/**
 * What a benchmarked network is: one description, which every engine that takes programs of TensorFlow.js runs.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";

/** A network with its variables. */
export interface BuiltNetwork {
  /** Its variables by name, `layer/kernel`; those that batch normalization keeps are not trainable. */
  readonly weights: Readonly<Record<string, tf.Variable>>;
  /** `[batch, time, 1]` to `[batch, class]`. */
  logits(windows: tf.Tensor, options: { readonly training: boolean }): tf.Tensor2D;
}

/** A network that is benchmarked. */
export interface NetworkDescription {
  /** What the table says of it. */
  readonly about: string;
  /** Samples in a window. */
  readonly samples: number;
  /** Classes that it tells apart. */
  readonly classes: number;
  /** The forms in which PyTorch users write it, by the name that `peers/pytorch_networks.py` gives them. */
  readonly pytorchForms: readonly PytorchForm[];
  /** Builds it, with weights of any value. */
  build(): BuiltNetwork | Promise<BuiltNetwork>;
}

/** A way to write a network in PyTorch. */
export type PytorchForm = keyof typeof PYTORCH_FORMS;

/** What the table calls the forms. */
export const PYTORCH_FORMS = {
  conv1d: "PyTorch Conv1d",
  conv2d: "PyTorch Conv2d 1 x k channels_last",
  encoder: "PyTorch TransformerEncoder",
} as const;
