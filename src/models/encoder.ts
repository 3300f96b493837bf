/**
 * What an encoder is: a network from windows to features.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";

/** The windows that an encoder reads. */
export interface WindowShape {
  /** Samples in a window. */
  readonly samples: number;
  /** Their rate. */
  readonly sampleRateHz: number;
}

/** The implementation of an encoder. */
export interface Encoder<Parameters> {
  /**
   * Builds the network, `[batch, time, 1]` to `[batch, features]`, with every weight zero.
   *
   * Its layers have names of their own, never ones from a global counter: they name the weights in files.
   */
  build(parameters: Parameters, shape: WindowShape): tf.LayersModel;
}
