/**
 * The debug mode of TensorFlow.js (`tf.enableDebugMode`), which reads what every kernel gives.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** Runs `fn` while debug mode is off: what is being recorded has no numbers to read. */
export function withoutDebugMode<T>(fn: () => T): T {
  // To set the flag itself would print the warning about the mode again.
  const flags = tf.env().getFlags(), { DEBUG: debug } = flags;
  flags.DEBUG = false;
  try {
    return fn();
  } finally {
    if (debug === undefined) delete flags.DEBUG;
    else flags.DEBUG = debug;
  }
}
