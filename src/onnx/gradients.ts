/**
 * Gradients that replace those of TensorFlow.js.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/**
 * The gradient of a maximum or minimum goes to all elements that reach it, in equal shares, as that of PyTorch's `amax` does.
 * TensorFlow.js gives the whole of it to each.
 */
function sharedBetweenTies(kernelName: string, attribute: "axis" | "reductionIndices"): void {
  tf.registerGradient({
    kernelName,
    inputsToSave: ["x"],
    outputsToSave: [true],
    gradFunc(dy, [x, y], attributes) {
      if (Array.isArray(dy)) {
        throw new TypeError("Cannot take the gradient: it must be one tensor, got several");
      }
      const given = attributes[attribute] as number | number[] | null;
      const axes = tf.util.parseAxisParam(given ?? x.shape.map((_, axis) => axis), x.shape);
      const shape = x.shape.map((length, axis) => axes.includes(axis) ? 1 : length);
      return {
        x: () => {
          const reached = tf.cast(tf.equal(x, tf.reshape(y, shape)), "float32");
          return tf.mul(tf.div(tf.reshape(dy, shape), tf.sum(reached, axes, true)), reached);
        },
      };
    },
  });
}

sharedBetweenTies(tf.Max, "reductionIndices");
sharedBetweenTies(tf.Min, "axis");
