/** Normalizations go into the weights of the convolutions before them, and nothing else does. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { blockSize } from "../../../src/onnx/optimize/block_size.ts";
import { blockChannels } from "../../../src/onnx/optimize/blocks.ts";
import { scaleWeights } from "../../../src/onnx/optimize/channel_scales.ts";
import { assertClose, floatsOf } from "../reference.ts";
import { count, nodesOf, recorded, run } from "./programs.ts";

const block = await blockSize();
const SHAPES = { x: [3, 40, 16], a: [5, 16, 32], b: [3, 16, 16], s: [32], o: [32] };

type Tensors = Record<string, tf.Tensor>;

const conv = (x: tf.Tensor, kernel: tf.Tensor) =>
  tf.conv1d(x as tf.Tensor3D, kernel as tf.Tensor3D, 1, "same");
/** What a layer does after training, with statistics that are constants. */
function normalized(x: tf.Tensor): tf.Tensor {
  const channels = x.shape[x.rank - 1];
  const [mean, offset, scale] = [-1, -2, -3].map((from) =>
    tf.tensor(floatsOf({ shape: [channels], from, to: 2 }))
  );
  const variance = tf.tensor(floatsOf({ shape: [channels], from: 0.5, to: 2 }));
  return tf.batchNorm(
    x as tf.Tensor3D,
    mean as tf.Tensor1D,
    variance as tf.Tensor1D,
    offset as tf.Tensor1D,
    scale as tf.Tensor1D,
    1e-3,
  );
}

/** What goes into the weights, and which operators are left. */
const FOLDED: Record<string, { fn: (tensors: Tensors) => tf.Tensor; left: Record<string, number> }> = {
  "a normalization": {
    fn: ({ x, a }) => tf.relu(normalized(conv(x, a))),
    left: { Conv: 1, BatchNormalization: 0, Relu: 1 },
  },
  "a normalization of a convolution with bias": {
    fn: ({ x, a, o }) => normalized(tf.add(conv(x, a), o)),
    left: { Conv: 1, BatchNormalization: 0 },
  },
  "numbers for each channel and for all": {
    fn: ({ x, a, s, o }) => tf.div(tf.sub(tf.mul(tf.add(2, conv(x, a)), s), o), 3),
    left: { Conv: 1, Div: 0, Sub: 0 },
  },
  "a normalization of several convolutions, and the activation behind": {
    fn: ({ x, a, b }) => tf.relu(normalized(tf.concat([conv(x, a), conv(x, b)], 2))),
    left: { Conv: 2, Concat: 1, BatchNormalization: 0, Relu: 2 },
  },
};

for (const [what, { fn, left }] of Object.entries(FOLDED)) {
  Deno.test(`scaleWeights() takes ${what} into the weights`, async () => {
    const program = recorded((tensors) => ({ y: fn(tensors) }), SHAPES),
      faster = scaleWeights(program.program);
    assert.deepEqual(Object.fromEntries(Object.keys(left).map((name) => [name, count(faster, name)])), left);
    assertClose((await run(program, faster)).y, (await run(program, program.program)).y, { relative: 1e-5 });
  });
}

const ALONE: Record<string, (tensors: Tensors) => tf.Tensor> = {
  "the convolution is read by somebody else": ({ x, a, s }) => {
    const y = conv(x, a);
    return tf.add(tf.mul(y, s), tf.mean(y, [0, 1]));
  },
  "there is a number for each row or sample": ({ x, a, o }) =>
    tf.mul(conv(x, a), tf.add(tf.slice(x, [0, 0, 0], [3, 40, 1]), tf.mean(o))),
  "the convolution is the divisor": ({ x, a, s }) => tf.div(s, conv(x, a)),
  "the convolution is on both sides": ({ x, a }) => {
    const y = conv(x, a);
    return tf.mul(y, y);
  },
};

for (const [reason, fn] of Object.entries(ALONE)) {
  Deno.test(`scaleWeights() leaves a convolution alone where ${reason}`, () => {
    const { program } = recorded((tensors) => ({ y: fn(tensors) }), SHAPES);
    assert.equal(scaleWeights(program), program);
  });
}

Deno.test({
  name: "blockChannels() normalizes in blocks what no convolution can",
  ignore: block === undefined,
  async fn() {
    const program = recorded(({ x, a, b }) => {
      const activated = tf.relu(conv(x, tf.concat([a, a], 2)));
      return { y: conv(normalized(activated), tf.concat([b, b, b, b], 1)) };
    }, { x: [3, 300, 16], a: [5, 16, 32], b: [3, 16, 32] });
    const blocked = blockChannels(scaleWeights(program.program), { block });
    const operators = nodesOf(blocked).map(({ operator }) => operator);
    assert.deepEqual([operators.includes("BatchNormalization"), count(blocked, "ReorderOutput")], [false, 0]);
    assertClose((await run(program, blocked)).y, (await run(program, program.program)).y, { relative: 1e-5 });
  },
});
