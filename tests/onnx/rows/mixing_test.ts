/** Whether rows of a batch look at each other: what the analysis of the graph says, beside what the numbers of TensorFlow.js say. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compileStep } from "../../../src/onnx/programs/step.ts";
import { mixingOf } from "../../../src/onnx/programs/step_programs.ts";
import { createRandom } from "../../../src/onnx/random/random.ts";
import { floatsOf } from "../reference.ts";

type Loss = (x: tf.Tensor3D, weights: tf.Tensor1D) => tf.Tensor;

const ROWS = 4, SHAPE: [number, number] = [6, 3];

/** The weighted sum of what a function gives each row. */
const each = (features: (x: tf.Tensor3D) => tf.Tensor): Loss => (x, weights) =>
  tf.sum(tf.mul(weights, tf.sum(tf.reshape(features(x), [weights.shape[0], -1]), 1)));

const weightsOf = (shape: number[]) => tf.tensor(floatsOf({ shape, from: -1, to: 1 }), shape);
const kernel = weightsOf([3, 3, 5]) as tf.Tensor3D, dense = weightsOf([3, 4]) as tf.Tensor2D;
const table = weightsOf([10, 3]);

const applied = (layer: tf.layers.Layer, training = false) => {
  layer.apply(tf.zeros([ROWS, ...SHAPE]));
  return each((x) => layer.apply(x, { training }) as tf.Tensor);
};
const fixed = { kernelInitializer: tf.initializers.constant({ value: 0.1 }) };

/** Layer normalization by hand; TensorFlow.js composes it of these. */
function normalized(x: tf.Tensor, axes: number[]): tf.Tensor {
  const { mean, variance } = tf.moments(x, axes, true);
  return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-3)));
}

const APART: Record<string, Loss> = {
  "a convolution with pooling and a dense layer": each((x) =>
    tf.matMul(
      tf.max(
        tf.maxPool(tf.conv1d(x, kernel, 1, "same").expandDims(1) as tf.Tensor4D, [1, 2], [1, 2], "same"),
        [1, 2],
      ),
      tf.ones([5, 2]),
    )
  ),
  "average pooling and upsampling": each((x) =>
    tf.image.resizeNearestNeighbor(tf.avgPool(x.expandDims(1) as tf.Tensor4D, [1, 2], [1, 2], "valid"), [
      2,
      6,
    ])
  ),
  "layer normalization": applied(tf.layers.layerNormalization()),
  "normalization over time": each((x) => normalized(x, [1])),
  "a dense layer at each time": each((x) =>
    tf.relu(tf.reshape(tf.matMul(tf.reshape(x, [-1, 3]), dense), [-1, 6, 4]))
  ),
  "a layer distributed over time": applied(
    tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 2, ...fixed }) }),
  ),
  "an LSTM": applied(tf.layers.lstm({ units: 2, recurrentInitializer: "ones", ...fixed })),
  "a bidirectional GRU": applied(
    tf.layers.bidirectional({
      layer: tf.layers.gru({
        units: 2,
        recurrentInitializer: "ones",
        returnSequences: true,
        ...fixed,
      }) as tf.RNN,
      mergeMode: "concat",
    }),
  ),
  "batch normalization with given moments": applied(tf.layers.batchNormalization(), false),
  "a separable convolution": each((x) =>
    tf.separableConv2d(
      x.expandDims(3) as tf.Tensor4D,
      weightsOf([3, 1, 1, 2]) as tf.Tensor4D,
      weightsOf([1, 1, 2, 2]) as tf.Tensor4D,
      1,
      "same",
    )
  ),
  "an embedding": each((x) => tf.gather(table, tf.cast(tf.floor(tf.mul(tf.abs(x), 3)), "int32"))),
  "attention": each((x) => {
    const scores = tf.softmax(tf.matMul(x, x, false, true));
    return tf.matMul(scores, x);
  }),
  "attention with heads": each((x) => {
    const heads = tf.transpose(tf.reshape(x, [-1, 2, 3, 3]), [0, 2, 1, 3]);
    const joined = tf.reshape(heads, [-1, 2, 3]);
    const mixed = tf.matMul(tf.softmax(tf.matMul(joined, joined, false, true)), joined);
    return tf.transpose(tf.reshape(mixed, [-1, 3, 2, 3]), [0, 2, 1, 3]);
  }),
  "cross-entropy": (x, weights) => {
    const logits = tf.mean(x, 1), targets = tf.oneHot(tf.argMax(logits, 1), 3);
    return tf.neg(tf.sum(tf.mul(tf.sum(tf.mul(tf.logSoftmax(logits), targets), 1), weights)));
  },
  "weights times losses as a product of matrices": (x, weights) =>
    tf.matMul(tf.reshape(weights, [1, -1]), tf.reshape(tf.sum(tf.square(x), [1, 2]), [-1, 1])).asScalar(),
  "weights and losses by letters": (x, weights) => tf.einsum("btc,b->", tf.square(x), weights),
  "a product by letters": each((x) => tf.einsum("btc,cd->bdt", x, dense)),
  "two views side by side in one batch": (x, weights) => {
    const both = tf.tanh(tf.concat([x, tf.mul(x, 2)], 0)), rows = weights.shape[0];
    const first = tf.slice(both, [0, 0, 0], [rows, 6, 3]),
      second = tf.slice(both, [rows, 0, 0], [rows, 6, 3]);
    return tf.sum(tf.mul(weights, tf.sum(tf.squaredDifference(first, second), [1, 2])));
  },
  "slices, pads and piles along time": each((x) => {
    const [early, late] = tf.split(tf.pad(x, [[0, 0], [1, 1], [0, 0]]), 2, 1);
    return tf.stack([
      tf.reverse(early, 1),
      tf.cumsum(late, 1),
      tf.tile(tf.slice(early, [0, 0, 0], [-1, 2, -1]), [1, 2, 1]),
    ], 2);
  }),
  "the largest of each row": each((x) => tf.topk(tf.reshape(x, [-1, 18]), 3).values),
  "a choice": each((x) => tf.where(tf.greater(x, 0), x, tf.mul(x, tf.ones([1, 6, 1])))),
  "a sum over rows that is scaled": (x, weights) => tf.div(tf.neg(each(tf.square)(x, weights)), 3),
};

const MIXED: Record<string, Loss> = {
  "batch normalization in training": applied(tf.layers.batchNormalization(), true),
  "batch normalization by hand": each((x) => normalized(x, [0, 1])),
  "a softmax over the batch": each((x) => tf.softmax(tf.transpose(x, [2, 1, 0])).transpose([2, 1, 0])),
  "a contrast between rows": (x, weights) => {
    const z = tf.mean(x, 1), similar = tf.logSoftmax(tf.matMul(z, z, false, true));
    return tf.neg(tf.sum(tf.mul(weights, tf.sum(tf.mul(similar, tf.eye(weights.shape[0])), 1))));
  },
  "the mean over the batch": (x) => tf.mean(tf.square(x)),
  "a loss over the sum of the weights": (x, weights) => tf.div(each(tf.square)(x, weights), tf.sum(weights)),
  "the largest of the batch": each((x) => tf.sub(x, tf.max(x, 0, true))),
  "rows in another order": each((x) => tf.mul(x, tf.reverse(x, 0))),
  "a sum along the batch": each((x) => tf.square(tf.cumsum(x, 0, false, true))),
  "the last row for all": each((x) => tf.mul(x, tf.slice(x, x.shape[0] - 1, 1))),
  "rows that are joined with the next one's": each((x) =>
    tf.sum(tf.square(tf.sum(tf.reshape(x, [2, -1]), 0)))
      .mul(tf.sum(tf.ones([x.shape[0], 1]), 1, true))
  ),
  "a square of the sum": (x, weights) => tf.square(each(tf.square)(x, weights)),
  "a term that no row has": (x, weights) => tf.add(each(tf.square)(x, weights), tf.sum(tf.square(dense))),
  "rows of a batch as channels": each((x) => {
    const signal = tf.transpose(x, [2, 1, 0]);
    const result = tf.conv1d(signal as tf.Tensor3D, tf.ones([1, x.shape[0], x.shape[0]]), 1, "same");
    return tf.square(tf.transpose(result, [2, 1, 0]));
  }),
};

const optionsOf = (loss: Loss) => ({
  loss: ({ x }: Record<string, tf.Tensor>, weights: tf.Tensor1D) =>
    loss(x as tf.Tensor3D, weights) as tf.Scalar,
  variables: [],
  optimizer: { create: () => () => {} },
  inputs: { x: SHAPE },
  batch: 8,
  microBatch: ROWS,
});

/** Whether the loss is, in numbers, the sum over rows of what each gives alone. */
function isSumInNumbers(loss: Loss): boolean {
  return tf.tidy(() => {
    const x = tf.tensor(floatsOf({ shape: [ROWS, ...SHAPE] }), [ROWS, ...SHAPE]) as tf.Tensor3D;
    const of = (x: tf.Tensor3D, weights: number[]) => loss(x, tf.tensor1d(weights)).dataSync()[0];
    const close = (left: number, right: number) => Math.abs(left - right) <= 1e-4 * (1 + Math.abs(right));
    const ones = new Array<number>(ROWS).fill(1),
      alone = ones.map((_, row) => ones.map((_, other) => Number(row === other)));
    const parts = alone.map((weights) => of(x, weights));
    const other = tf.add(x, tf.tensor([0, 0.5, -0.7, 0.3], [ROWS, 1, 1])) as tf.Tensor3D;
    return close(of(x, ones), parts.reduce((sum, part) => sum + part)) &&
      close(of(other, alone[0]), parts[0]);
  });
}

for (const [name, loss] of Object.entries(APART)) {
  Deno.test(`mixingOf() finds no mixing in ${name}`, () => {
    assert.ok(isSumInNumbers(loss));
    assert.equal(mixingOf(optionsOf(loss), ROWS), undefined);
  });
}

for (const [name, loss] of Object.entries(MIXED)) {
  Deno.test(`mixingOf() finds mixing in ${name}`, () => {
    assert.ok(!isSumInNumbers(loss));
    assert.notEqual(mixingOf(optionsOf(loss), ROWS), undefined);
  });
}

Deno.test("mixingOf() finds no mixing in layers that draw", () => {
  const layers = [
    tf.layers.dropout({ rate: 0.5 }),
    tf.layers.gaussianNoise({ stddev: 1 }),
    tf.layers.spatialDropout1d({ rate: 0.5 }),
    tf.layers.lstm({ units: 2, dropout: 0.5, recurrentDropout: 0.5, recurrentInitializer: "ones", ...fixed }),
  ];
  for (const layer of layers) {
    const options = { ...optionsOf(applied(layer, true)), random: createRandom(0x548c9decbce65297n) };
    assert.equal(mixingOf(options, ROWS), undefined, layer.name);
  }
});

Deno.test("mixingOf() finds a variable that rows change", () => {
  const running = tf.variable(tf.scalar(0));
  const loss: Loss = (x, weights) => {
    running.assign(tf.add(tf.mul(running, 0.9), tf.sum(x)));
    return each(tf.square)(x, weights);
  };
  assert.match(mixingOf(optionsOf(loss), ROWS)!.where, /add|sum/);
  running.dispose();
});

Deno.test("compileStep() refuses micro-batches of rows that look at each other, and says where and what to do", async () => {
  await assert.rejects(compileStep(optionsOf(MIXED["batch normalization in training"])), {
    name: "RangeError",
    message:
      /Cannot compile a step: with a micro-batch \(4\) smaller than the batch \(8\), .* got rows that meet in (moments\/)?mean.* \(ReduceMean\); make microBatch 8, or say batchStatistics: "micro-batch"/,
  });
  await assert.rejects(compileStep(optionsOf(MIXED["a contrast between rows"])), {
    message: /in matMul \((MatMul|Gemm)\)/,
  });
});
