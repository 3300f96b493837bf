/**
 * The encoder `cnn`: blocks of one-dimensional convolutions with max-pooling between them.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { CnnParameters } from "./cnn_schema.ts";
import type { Encoder } from "./encoder.ts";

/**
 * Blocks of convolutions (stride 1, same padding, leaky rectifier), max-pooling between blocks and global max-pooling at the end.
 *
 * The features are as many as the last block has filters. `build` throws RangeError when pooling leaves no sample for a block.
 *
 * Source: the network of Sarkar and Etemad (2020), with its sizes as parameters.
 */
export const cnn: Encoder<CnnParameters> = {
  build({ blocks, pool, leak }, { samples }) {
    const windows = tf.input({ name: "windows", shape: [samples, 1] });
    let signal = windows, length = samples;
    blocks.forEach(({ filters, kernel, layers }, index) => {
      const block = `block${index + 1}`;
      if (index > 0) {
        length = Math.floor((length - pool.size) / pool.stride) + 1;
        if (length < 1) {
          throw new RangeError(
            `Cannot build the encoder: ${block} needs at least one sample after pooling by ${pool.size}, ` +
              `got windows of ${samples} samples`,
          );
        }
        signal = apply(
          tf.layers.maxPooling1d({
            name: `block${index}_pool`,
            poolSize: pool.size,
            strides: pool.stride,
            padding: "valid",
          }),
          signal,
        );
      }
      for (let layer = 1; layer <= layers; layer++) {
        signal = apply(
          tf.layers.conv1d({
            name: `${block}_conv${layer}`,
            filters,
            kernelSize: kernel,
            padding: "same",
            kernelInitializer: "zeros",
          }),
          signal,
        );
        signal = apply(tf.layers.leakyReLU({ name: `${block}_activation${layer}`, alpha: leak }), signal);
      }
    });
    const features = apply(
      tf.layers.globalMaxPooling1d({ name: `block${blocks.length}_pool` }),
      signal,
    );
    return tf.model({ name: "encoder", inputs: windows, outputs: features });
  },
};

/** A layer on a symbolic tensor; tfjs types the result as all that any layer can give. */
function apply(layer: tf.layers.Layer, input: tf.SymbolicTensor): tf.SymbolicTensor {
  return layer.apply(input) as tf.SymbolicTensor;
}
