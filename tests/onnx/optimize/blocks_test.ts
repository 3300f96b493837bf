/** Programs on blocks of channels give what they give without. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { blockSize } from "../../../src/onnx/optimize/block_size.ts";
import { blockChannels } from "../../../src/onnx/optimize/blocks.ts";
import { NCHWC } from "../../../src/onnx/optimize/layouts.ts";
import { assertClose, floatsOf } from "../reference.ts";
import { count, nodesOf, recorded, run } from "./programs.ts";

const block = await blockSize();
const withBlocks = { ignore: block === undefined };

type Tensors = Record<string, tf.Tensor>;
/** A chain of convolutions and what stands between them. */
type Chain = (x: tf.Tensor3D, kernels: tf.Tensor3D[]) => tf.Tensor;

const conv = (x: tf.Tensor, kernel: tf.Tensor3D, pad: "same" | "valid" = "same", stride = 1) =>
  tf.conv1d(x as tf.Tensor3D, kernel, stride, pad);
const pool = (x: tf.Tensor, size: number, stride: number, pad: "same" | "valid" = "valid") =>
  tf.maxPool(tf.expandDims(x, 2) as tf.Tensor4D, [size, 1], [stride, 1], pad).squeeze([2]);

/** The result and the gradients of its weighted sum. */
function withGradients(chain: Chain) {
  return ({ x, ...kernels }: Tensors): Tensors => {
    const weighted = (x: tf.Tensor, ...kernels: tf.Tensor[]) => {
      const result = chain(x as tf.Tensor3D, kernels as tf.Tensor3D[]);
      return tf.sum(tf.mul(tf.tensor(floatsOf({ shape: result.shape }), result.shape), result)) as tf.Tensor;
    };
    const points = [x, ...Object.values(kernels)];
    const gradients = tf.grads(weighted)(points);
    const named = gradients.map((
      gradient,
      index,
    ) => [`gradient ${["x", ...Object.keys(kernels)][index]}`, gradient]);
    return {
      y: chain(x as tf.Tensor3D, Object.values(kernels) as tf.Tensor3D[]),
      ...Object.fromEntries(named),
    };
  };
}

/** Channels last, `[batch, time, channel]`; each kernel `[taps, in, out]`. */
const CHAINS: Record<string, { x: number[]; kernels: number[][]; chain: Chain; inBlocks?: number }> = {
  "of one convolution": { x: [4, 101, 16], kernels: [[9, 16, 32]], chain: (x, [k]) => conv(x, k) },
  "whose input has one channel": {
    x: [4, 301, 1],
    kernels: [[31, 1, 32], [8, 32, 16]],
    chain: (x, [a, b]) => conv(tf.leakyRelu(conv(x, a), 0.2), b),
  },
  "of a batch of one": {
    x: [1, 203, 32],
    kernels: [[8, 32, 32], [7, 32, 32]],
    chain: (x, [a, b]) => conv(tf.relu(conv(x, a)), b, "valid"),
  },
  "of kernels with one tap": {
    x: [4, 203, 32],
    kernels: [[1, 32, 64], [1, 64, 32]],
    chain: (x, [a, b]) => conv(tf.elu(conv(x, a)), b),
  },
  "of strided convolutions": {
    x: [4, 250, 16],
    kernels: [[8, 16, 32], [5, 32, 32]],
    chain: (x, [a, b]) => conv(tf.leakyRelu(conv(x, a, "same", 2), 0.1), b, "valid", 3),
  },
  "where channels are no whole blocks": {
    x: [4, 101, 24],
    kernels: [[9, 24, 20], [9, 20, 32], [9, 32, 20]],
    chain: (x, [a, b, c]) => conv(tf.leakyRelu(conv(tf.leakyRelu(conv(x, a), 0.2), b), 0.2), c),
  },
  "with pooling of overlapping windows": {
    x: [2, 157, 16],
    kernels: [[15, 16, 32], [8, 32, 32]],
    chain: (x, [a, b]) => tf.max(conv(pool(tf.leakyRelu(conv(x, a), 0.2), 8, 2), b), 1),
  },
  "with poolings one beside the other": {
    x: [2, 158, 16],
    kernels: [[15, 16, 32]],
    chain: (x, [a]) => {
      const y = tf.relu(conv(x, a));
      const pooled = [pool(y, 3, 1, "same"), pool(y, 2, 1, "same"), y];
      return tf.concat([...pooled, tf.pad(pool(y, 3, 2), [[0, 0], [40, 158 - 118], [0, 0]])], 2);
    },
  },
  "with poolings of windows that do not overlap": {
    x: [2, 158, 16],
    kernels: [[15, 16, 32]],
    chain: (x, [a]) => pool(pool(conv(x, a), 2, 2), 5, 3),
  },
  "with a number for each channel": {
    x: [4, 120, 16],
    kernels: [[9, 16, 32]],
    chain: (x, [a]) => tf.max(tf.add(tf.mul(conv(x, a), tf.mean(a, [0, 1])), tf.max(a, [0, 1])), 1),
  },
  "with a number for each channel, as wide as a prime": {
    x: [4, 101, 16],
    kernels: [[9, 16, 32]],
    chain: (x, [a]) => tf.max(tf.mul(conv(x, a), tf.mean(a, [0, 1])), 1),
  },
  "of images": {
    x: [2, 40 * 42, 16],
    kernels: [[9, 16, 32], [4, 32, 16]],
    chain: (x, [a, b]) => {
      const image = tf.reshape(x, [2, 40, 42, 16]) as tf.Tensor4D;
      const hidden = tf.relu(tf.conv2d(image, tf.reshape(a, [3, 3, 16, 32]) as tf.Tensor4D, 1, "same"));
      const pooled = tf.maxPool(hidden, [2, 3], [2, 2], "same");
      return tf.conv2d(pooled, tf.reshape(b, [2, 2, 32, 16]) as tf.Tensor4D, [1, 2], "valid");
    },
  },
  "whose parts go separate ways": {
    x: [4, 101, 16],
    kernels: [[9, 16, 64], [9, 32, 32]],
    chain: (x, [a, b]) => {
      const [left, right] = tf.split(conv(x, a), 2, 2);
      return tf.mul(conv(tf.sigmoid(left), b), tf.add(right, tf.mean(right, [0, 1], true)));
    },
  },
};

for (const [name, { x, kernels, chain }] of Object.entries(CHAINS)) {
  const shapes = { x, ...Object.fromEntries(kernels.map((shape, index) => [`kernel ${index}`, shape])) };
  const program = recorded(withGradients(chain), shapes);

  Deno.test(
    { ...withBlocks, name: `blockChannels() gives the same numbers for a chain ${name}` },
    async () => {
      const faster = blockChannels(program.program, { block });
      const inBlocks = nodesOf(faster).filter(({ operator, domain }) =>
        operator === "Conv" && domain === NCHWC
      );
      assert.ok(inBlocks.length > 0, "some convolution must work on blocks");
      const expected = await run(program, program.program), got = await run(program, faster);
      for (const [what, values] of Object.entries(expected)) assertClose(got[what], values, { what });
    },
  );

  Deno.test(`blockChannels() gives the same numbers without blocks for a chain ${name}`, async () => {
    const faster = blockChannels(program.program, { block: undefined });
    assert.ok(nodesOf(faster).every(({ domain }) => domain === undefined));
    const expected = await run(program, program.program), got = await run(program, faster);
    for (const [what, values] of Object.entries(expected)) assertClose(got[what], values, { what });
  });
}

Deno.test({ ...withBlocks, name: "blockChannels() keeps activations in blocks from layer to layer" }, () => {
  const { x, kernels, chain } = CHAINS["with pooling of overlapping windows"];
  const forward = ({ x, ...rest }: Tensors) => ({
    y: chain(x as tf.Tensor3D, Object.values(rest) as tf.Tensor3D[]),
  });
  const { program } = recorded(forward, { x, "kernel 0": kernels[0], "kernel 1": kernels[1] });
  const faster = blockChannels(program, { block });
  assert.deepEqual(["ReorderInput", "ReorderOutput"].map((operator) => count(faster, operator)), [1, 0]);
});

Deno.test(
  { ...withBlocks, name: "blockChannels() repeats a number for each channel in long stretches" },
  () => {
    const scaled = ({ x, k, scale }: Tensors) => ({ y: tf.max(tf.mul(conv(x, k as tf.Tensor3D), scale), 1) });
    const lasts = [4 * 97, 97].map((width) => {
      const { program } = recorded(scaled, { x: [4, width, 16], k: [9, 16, 32], scale: [32] });
      const [{ inputs }] = nodesOf(blockChannels(program, { block })).filter(({ operator }) =>
        operator === "Mul"
      );
      return inputs.map(({ shape }) => shape[4]);
    });
    // 97 is the largest divisor that a stretch may have; alone it is the whole width.
    assert.deepEqual(lasts, [[97 * block!, 97 * block!], [97 * block!, 97 * block!]]);
  },
);

Deno.test({
  ...withBlocks,
  name: "blockChannels() applies an activation in the convolution, unless the sum itself is read",
}, async () => {
  const shapes = { x: [4, 101, 16], k: [9, 16, 32] };
  const activated = recorded(({ x, k }) => ({ y: tf.leakyRelu(conv(x, k as tf.Tensor3D), 0.2) }), shapes);
  assert.equal(count(blockChannels(activated.program, { block }), "LeakyRelu"), 0);
  const both = recorded(({ x, k }) => {
    const sum = conv(x, k as tf.Tensor3D);
    return { sum, y: tf.leakyRelu(sum, 0.2) };
  }, shapes);
  const faster = blockChannels(both.program, { block });
  assert.equal(count(faster, "LeakyRelu"), 1);
  const expected = await run(both, both.program), got = await run(both, faster);
  assertClose(got.sum, expected.sum);
  assertClose(got.y, expected.y);
});

Deno.test(
  { ...withBlocks, name: "blockChannels() sends a pooling's gradient to the first of equal numbers" },
  async () => {
    const shapes = { x: [2, 83, 16], k: [33, 16, 32] };
    for (const [size, stride] of [[8, 2], [3, 1], [2, 2], [6, 2], [5, 3], [9, 3]]) {
      const program = recorded(withGradients((x, [k]) => pool(conv(x, k), size, stride)), shapes);
      const faster = blockChannels(program.program, { block });
      assert.equal(count(faster, "ScatterElements"), 0);
      // One tap of 1 and inputs of three values: the sums are exact, and most windows have several largest numbers.
      const kernel = new Float32Array(33 * 16 * 32);
      for (let channel = 0; channel < 16; channel++) kernel[(16 * 16 + channel) * 32 + 2 * channel] = 1;
      const feeds = { x: floatsOf({ shape: shapes.x, from: 0, to: 3 }).map(Math.floor), k: kernel };
      const expected = await run(program, program.program, { feeds }),
        got = await run(program, faster, { feeds });
      assertClose(got["gradient x"], expected["gradient x"], {
        relative: 1e-5,
        what: `window ${size} by ${stride}`,
      });
    }
  },
);

Deno.test({ ...withBlocks, name: "blockChannels() hides nothing that is no number" }, async () => {
  const shapes = { x: [4, 101, 16], k: [9, 16, 32] };
  for (const activation of [tf.relu, (x: tf.Tensor) => tf.leakyRelu(x, 0.2)]) {
    const program = recorded(({ x, k }) => ({ y: activation(conv(x, k as tf.Tensor3D)) }), shapes);
    const feeds = { x: floatsOf({ shape: shapes.x }) };
    feeds.x[16 * 50] = NaN;
    const { y } = await run(program, blockChannels(program.program, { block }), { feeds });
    // Of each channel those that the kernel brings together with sample 50.
    assert.equal(Array.from(y).filter(Number.isNaN).length, 9 * 32);
  }
});

Deno.test({ ...withBlocks, name: "blockChannels() gives the same bits in every session" }, async () => {
  const { x, kernels, chain } = CHAINS["with pooling of overlapping windows"];
  const program = recorded(withGradients(chain), { x, "kernel 0": kernels[0], "kernel 1": kernels[1] });
  const [first, second] = [0, 1].map(() => run(program, blockChannels(program.program, { block })));
  assert.deepEqual(await first, await second);
});

Deno.test("blockSize() is probed once, and is one that ONNX Runtime has", async () => {
  assert.ok([8, 16, undefined].includes(block));
  assert.equal(await blockSize(), block);
});
