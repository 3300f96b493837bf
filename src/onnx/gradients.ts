/**
 * Gradients that TensorFlow.js lacks or has wrong. They hold for every backend.
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
      const given = attributes[attribute] as number | number[] | null;
      const axes = tf.util.parseAxisParam(given ?? x.shape.map((_, axis) => axis), x.shape);
      const shape = x.shape.map((length, axis) => axes.includes(axis) ? 1 : length);
      return {
        x: () => {
          const reached = tf.cast(tf.equal(x, tf.reshape(y, shape)), "float32");
          return tf.mul(tf.div(tf.reshape(single(dy), shape), tf.sum(reached, axes, true)), reached);
        },
      };
    },
  });
}

sharedBetweenTies(tf.Max, "reductionIndices");
sharedBetweenTies(tf.Min, "axis");

/**
 * The larger or smaller of two, in equal shares where they are equal. TensorFlow.js does not sum over axes that broadcast.
 */
function largerOrSmaller(kernelName: string, wins: typeof tf.greater): void {
  tf.registerGradient({
    kernelName,
    inputsToSave: ["a", "b"],
    gradFunc(dy, [a, b]) {
      const share = (left: tf.Tensor, right: tf.Tensor) => () => {
        const half = tf.mul(0.5, tf.cast(tf.equal(left, right), "float32"));
        const won = tf.add(tf.cast(wins(left, right), "float32"), half);
        return summedTo(tf.mul(single(dy), won), left.shape);
      };
      return { a: share(a, b), b: share(b, a) };
    },
  });
}

largerOrSmaller(tf.Maximum, tf.greater);
largerOrSmaller(tf.Minimum, tf.less);

/** `(a - b)^2`; TensorFlow.js does not sum over axes that broadcast. */
tf.registerGradient({
  kernelName: tf.SquaredDifference,
  inputsToSave: ["a", "b"],
  gradFunc(dy, [a, b]) {
    const slope = (left: tf.Tensor, right: tf.Tensor) => () =>
      summedTo(tf.mul(single(dy), tf.mul(2, tf.sub(left, right))), left.shape);
    return { a: slope(a, b), b: slope(b, a) };
  },
});

/** The cumulative sum from the other end. TensorFlow.js leaves the axes in another order unless the axis is the last. */
tf.registerGradient({
  kernelName: tf.Cumsum,
  gradFunc(dy, _, attributes) {
    const { axis, exclusive, reverse } = attributes;
    return { x: () => tf.cumsum(single(dy), Number(axis), Boolean(exclusive), !reverse) };
  },
});

/** The product of all other elements, without a division by those that are 0. TensorFlow.js takes no axis counted from the end. */
tf.registerGradient({
  kernelName: tf.Prod,
  inputsToSave: ["x"],
  gradFunc(dy, [x], attributes) {
    const given = attributes.axis as number | number[] | null;
    const axes = tf.util.parseAxisParam(given ?? x.shape.map((_, axis) => axis), x.shape);
    const order = [...x.shape.keys()].sort((a, b) =>
      Number(axes.includes(a)) - Number(axes.includes(b)) || a - b
    );
    return {
      x: () => {
        const last = tf.transpose(x, order), count = axes.reduce((size, axis) => size * x.shape[axis], 1);
        const rows = tf.reshape(last, [-1, count]);
        const others = tf.mul(tf.cumprod(rows, 1, true, false), tf.cumprod(rows, 1, true, true));
        const gradient = tf.mul(tf.reshape(single(dy), [-1, 1]), others);
        return tf.transpose(tf.reshape(gradient, last.shape), order.map((_, axis) => order.indexOf(axis)));
      },
    };
  },
});

/** A comparison has slope 0. TensorFlow.js has none, so that `where(greater(x, 0), ...)` could not be differentiated. */
for (
  const kernelName of [
    tf.Equal,
    tf.NotEqual,
    tf.Greater,
    tf.GreaterEqual,
    tf.Less,
    tf.LessEqual,
    tf.LogicalAnd,
    tf.LogicalOr,
  ]
) {
  tf.registerGradient({
    kernelName,
    inputsToSave: ["a", "b"],
    gradFunc: (_, [a, b]) => ({ a: () => tf.zeros(a.shape), b: () => tf.zeros(b.shape) }),
  });
}
tf.registerGradient({
  kernelName: tf.LogicalNot,
  inputsToSave: ["x"],
  gradFunc: (_, [x]) => ({ x: () => tf.zeros(x.shape) }),
});

function single(dy: tf.Tensor | tf.Tensor[]): tf.Tensor {
  if (Array.isArray(dy)) throw new TypeError("Cannot take the gradient: it must be one tensor, got several");
  return dy;
}

/** Sums over the axes along which a tensor of `shape` was repeated. */
function summedTo(gradient: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = tf.backend_util.getReductionAxes(shape, gradient.shape);
  return tf.reshape(axes.length === 0 ? gradient : tf.sum(gradient, axes), shape);
}
