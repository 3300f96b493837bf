/** Convolutions by halves give what they give at once, and are left alone where somebody needs them whole. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { Graph } from "../../../src/onnx/graph/graph.ts";
import { blockSize } from "../../../src/onnx/optimize/block_size.ts";
import { blockChannels } from "../../../src/onnx/optimize/blocks.ts";
import { halveConvolutions } from "../../../src/onnx/optimize/halves.ts";
import { NCHWC } from "../../../src/onnx/optimize/layouts.ts";
import { assertClose } from "../reference.ts";
import { count, nodesOf, type Recorded, recorded, run } from "./programs.ts";

const block = await blockSize();
const BATCH = 6, CHANNELS = 64, TOLERANCE = 1e-5;

interface Case {
  readonly length: number;
  readonly taps: number;
  readonly pads: readonly [number, number];
  /** Kernel, stride and left padding of a max-pooling; without, the maximum of the whole width. */
  readonly pooling?: readonly [number, number, number];
}

/** A convolution, a leaky rectifier and a pooling. */
function pooledConvolution({ length, taps, pads: [left, right], pooling }: Case): Recorded {
  const graph = new Graph(), width = length + left + right - taps + 1, outputs = CHANNELS;
  const x = graph.input("float32", [BATCH, CHANNELS, 1, length]);
  const weights = graph.input("float32", [outputs, CHANNELS, 1, taps]),
    bias = graph.input("float32", [outputs]);
  const y = graph.emit("Conv", [x, weights, bias], {
    shape: [BATCH, outputs, 1, width],
    attributes: {
      "kernel_shape": [1, taps],
      pads: [0, left, 0, right],
      strides: [1, 1],
      dilations: [1, 1],
    },
  });
  const activated = graph.emit("LeakyRelu", [y], { shape: y.shape, attributes: { alpha: 0.2 } });
  const [kernel, stride, front] = pooling ?? [];
  const pooled = kernel === undefined || stride === undefined || front === undefined
    ? graph.emit("ReduceMax", [activated], {
      shape: [BATCH, outputs, 1, 1],
      attributes: { axes: [3], keepdims: 1 },
    })
    : graph.emit("MaxPool", [activated], {
      shape: [BATCH, outputs, 1, Math.floor((width + front - kernel) / stride) + 1],
      attributes: { "kernel_shape": [1, kernel], strides: [1, stride], pads: [0, front, 0, 0] },
    });
  return {
    program: { nodes: graph.nodes, inputs: [x, weights, bias], outputs: [pooled] },
    inputs: ["x", "weights", "bias"],
    outputs: ["y"],
  };
}

const POOLINGS = [undefined, [2, 2, 0], [8, 2, 0], [4, 4, 2]] as const;

for (const taps of [8, 9, 10, 11]) {
  Deno.test(`halveConvolutions() changes nothing but rounding with kernels of ${taps} taps`, async () => {
    for (const left of [1, 2, 5, taps - 1]) {
      for (const right of [1, 4, taps - 1]) {
        for (const length of [33, 34]) {
          for (const pooling of POOLINGS) {
            const each = { length, taps, pads: [left, right], pooling } as const;
            const plain = pooledConvolution(each);
            const halved = halveConvolutions(plain.program, { block: CHANNELS });
            assert.ok(count(halved, "Conv") >= 3, JSON.stringify(each));
            const [expected, got] = [await run(plain, plain.program), await run(plain, halved)];
            assertClose(got.y, expected.y, { relative: TOLERANCE });
          }
        }
      }
    }
  });
}

Deno.test({
  name: "blockChannels() adds the sum that halves share inside their convolutions",
  ignore: block === undefined,
  async fn() {
    const plain = pooledConvolution({ length: 101, taps: 16, pads: [7, 8], pooling: [8, 2, 0] });
    const blocked = blockChannels(halveConvolutions(plain.program, { block: block! }), { block });
    const convolutions = nodesOf(blocked).filter(({ operator }) => operator === "Conv");
    assert.deepEqual(convolutions.map(({ domain, inputs }) => [domain, inputs.length]), [
      [NCHWC, 2],
      [NCHWC, 4],
      [NCHWC, 4],
    ]);
    assert.equal(count(blocked, "Add"), 0);
    assertClose((await run(plain, blocked)).y, (await run(plain, plain.program)).y, { relative: TOLERANCE });
  },
});

Deno.test({
  name: "blockChannels() adds what stands beside a convolution inside it, and its activation behind",
  ignore: block === undefined,
  async fn() {
    const residual = recorded(({ x, a, b }) => {
      const first = tf.conv1d(x as tf.Tensor3D, a as tf.Tensor3D, 1, "same");
      return { y: tf.relu(tf.add(first, tf.conv1d(tf.relu(first), b as tf.Tensor3D, 1, "same"))) };
    }, { x: [2, 301, 16], a: [9, 16, 32], b: [9, 32, 32] });
    const blocked = blockChannels(residual.program, { block });
    assert.deepEqual([count(blocked, "Add"), count(blocked, "Relu")], [0, 1]);
    assertClose((await run(residual, blocked)).y, (await run(residual, residual.program)).y, {
      relative: TOLERANCE,
    });
  },
});

const conv = (x: tf.Tensor, kernel: tf.Tensor, pad: "same" | "valid" = "same") =>
  tf.conv1d(x as tf.Tensor3D, kernel as tf.Tensor3D, 1, pad);
const pool = (x: tf.Tensor, size: number, stride: number) =>
  tf.maxPool(tf.expandDims(x, 2) as tf.Tensor4D, [size, 1], [stride, 1], "valid").squeeze([2]);

const WHOLE: Record<string, (x: tf.Tensor, kernel: tf.Tensor) => tf.Tensor> = {
  "somebody else reads it": (x, kernel) => {
    const y = conv(x, kernel);
    return tf.add(tf.max(y, 1), tf.mean(y, 1));
  },
  "its gradient is asked for": (x, kernel) =>
    tf.grad((kernel: tf.Tensor) => tf.sum(pool(conv(x, kernel), 8, 2)))(kernel),
  "windows begin at odd places": (x, kernel) => pool(conv(x, kernel), 3, 3),
  "nothing is padded": (x, kernel) => tf.max(conv(x, kernel, "valid"), 1),
  "it has few taps": (x, kernel) => tf.max(conv(x, tf.slice(kernel, [0, 0, 0], [7, CHANNELS, CHANNELS])), 1),
};

function programOf(fn: (x: tf.Tensor, kernel: tf.Tensor) => tf.Tensor) {
  const shapes = { x: [BATCH, 64, CHANNELS], kernel: [9, CHANNELS, CHANNELS] };
  return recorded(({ x, kernel }) => ({ y: fn(x, kernel) }), shapes).program;
}

Deno.test("halveConvolutions() halves a convolution whose maximum alone is asked for", () => {
  for (const fn of [(y: tf.Tensor) => tf.max(y, 1), (y: tf.Tensor) => pool(tf.relu(y), 8, 2)]) {
    const halved = halveConvolutions(programOf((x, kernel) => fn(conv(x, kernel))), { block: CHANNELS });
    assert.equal(count(halved, "Conv"), 3);
  }
});

for (const [reason, fn] of Object.entries(WHOLE)) {
  Deno.test(`halveConvolutions() leaves a convolution alone where ${reason}`, () => {
    const program = programOf(fn);
    assert.equal(halveConvolutions(program, { block: CHANNELS }), program);
  });
}
