/**
 * A model on tensors.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";

/** Applies a model to rows; dropout works in training alone. */
export function forward(
  model: tf.LayersModel,
  { rows, training = false }: { rows: tf.Tensor; training?: boolean },
): tf.Tensor2D {
  // tfjs types the result as all that any layer can give; a model of this project has one output, `[batch, features]`.
  return model.apply(rows, { training }) as tf.Tensor2D;
}
