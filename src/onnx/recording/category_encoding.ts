/**
 * The layer CategoryEncoding, which reads its input to check it, and so could not be recorded.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/**
 * Which categories occur in each row (`multiHot`, `oneHot`), or how often (`count`, with weights if given). Numbers that are no category
 * count for nothing; TensorFlow.js throws for them, which a program cannot.
 */
export function encodeCategories(
  layer: tf.layers.Layer,
  input: tf.Tensor,
  countWeights: tf.Tensor | undefined,
): tf.Tensor {
  const { numTokens, outputMode } = layer.getConfig();
  return tf.tidy(() => {
    const numbers = tf.cast(input, "int32");
    if (outputMode === "int") return numbers;
    const isColumn = numbers.rank > 0 && numbers.shape.at(-1) === 1;
    const rows = numbers.rank === 0 || (outputMode === "oneHot" && !isColumn)
      ? tf.expandDims(numbers, -1)
      : numbers;
    if (rows.rank > 2) {
      throw new TypeError(
        `Cannot record the layer "${layer.name}": its input must have at most two axes, got [${input.shape}]`,
      );
    }
    const weights = outputMode === "count" && countWeights !== undefined ? countWeights : tf.tensor1d([]);
    return tf.denseBincount(
      rows as tf.Tensor2D,
      weights as tf.Tensor2D,
      Number(numTokens),
      outputMode !== "count",
    );
  });
}
