/**
 * The gradient of Einstein's sum.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type ReplacedGradient, single } from "./replaced.ts";

/**
 * For each tensor, the sum of the gradient and the other tensor over the axes that it lacks, repeated along those that it has alone.
 */
export const EINSUM = {
  Einsum: {
    why: "TensorFlow.js has none",
    saveAllInputs: true,
    gradFunc(dy, tensors, attributes) {
      const [from, to] = String(attributes.equation).replaceAll(/\s/g, "").split("->");
      const terms = from.split(",");
      const gradients = terms.map((term, index) => () => {
        const others = terms.toSpliced(index, 1), given = [to, ...others];
        const found = [...term].filter((name) => given.some((other) => other.includes(name)));
        const factors = [single(dy), ...tensors.toSpliced(index, 1)];
        const sum = tf.einsum(`${given.join(",")}->${found.join("")}`, ...factors);
        const { shape } = tensors[index];
        const kept = shape.map((length, axis) => found.includes(term[axis]) ? length : 1);
        return tf.broadcastTo(tf.reshape(sum, kept), shape);
      });
      return Object.fromEntries(gradients.entries());
    },
  },
} as const satisfies Record<string, ReplacedGradient>;
