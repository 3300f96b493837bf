/**
 * Gradients of functions whose value changes only in steps, and at a kink.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type ReplacedGradient, single, zeroFor } from "./replaced.ts";

const overAxes: ReplacedGradient = {
  why: "TensorFlow.js has none, so that no layer behind Masking could be trained with respect to its input",
  ...zeroFor("x"),
};
const comparison: ReplacedGradient = {
  why: "TensorFlow.js has none, so that where(greater(x, 0), ...) could not be differentiated",
  ...zeroFor("a", "b"),
};

/** Gradients of stepwise functions by kernel. */
export const STEPWISE = {
  Abs: {
    why: "TensorFlow.js gives -1 at 0, where the two sides cancel",
    inputsToSave: ["x"],
    gradFunc: (dy, [x]) => ({ x: () => tf.mul(single(dy), tf.sign(tf.cast(x, "float32"))) }),
  },
  All: overAxes,
  Any: overAxes,
  Cast: {
    why: "TensorFlow.js passes the gradient through a cut to whole numbers or bools, whose slope is 0",
    gradFunc(dy, _, { dtype }) {
      const gradient = single(dy);
      return { x: () => dtype === "float32" ? tf.clone(gradient) : tf.zeros(gradient.shape) };
    },
  },
  Equal: comparison,
  FloorDiv: { why: "TensorFlow.js gives that of the quotient before it is rounded", ...zeroFor("a", "b") },
  Greater: comparison,
  GreaterEqual: comparison,
  Less: comparison,
  LessEqual: comparison,
  LogicalAnd: comparison,
  LogicalNot: { why: comparison.why, ...zeroFor("x") },
  LogicalOr: comparison,
  NotEqual: comparison,
} as const satisfies Record<string, ReplacedGradient>;
