/**
 * How many channels ONNX Runtime keeps together on this machine.
 *
 * @module
 */
import { encode } from "../files/encode.ts";
import { Graph } from "../graph/graph.ts";
import type { Program } from "../graph/program.ts";
import { openSession, type SessionTensor } from "../runtime/session.ts";
import { blockChannels } from "./blocks.ts";

/** Sixteen with AVX-512, eight with AVX2 or on ARM. */
const CANDIDATES = [16, 8];
const CHANNELS = 16, LENGTH = 64, TAPS = 64;
/** Far above the rounding of the sums, and far below what channels out of place give. */
const TOLERANCE = 1e-3;

/** Channels of a block, probed once in a process; undefined where there are none, so that convolutions stay as they are. */
export function blockSize(): Promise<number | undefined> {
  return probed ??= probe();
}

let probed: Promise<number | undefined> | undefined;

async function probe(): Promise<number | undefined> {
  const plain = convolution(), expected = await run(plain);
  for (const block of CANDIDATES) {
    const got = await run(blockChannels(plain, { block })).catch(withoutBlocks);
    const isSame = got?.every((value, index) => Math.abs(value - expected[index]) < TOLERANCE);
    if (isSame) return block;
  }
  return undefined;
}

/** What refuses the operators of blocks has none. */
function withoutBlocks(): undefined {
  return undefined;
}

function convolution(): Program {
  const graph = new Graph();
  const x = graph.input("float32", [1, CHANNELS, 1, LENGTH]),
    w = graph.input("float32", [CHANNELS, CHANNELS, 1, TAPS]);
  const attributes = {
    "kernel_shape": [1, TAPS],
    pads: [0, TAPS / 2 - 1, 0, TAPS / 2],
    strides: [1, 1],
    dilations: [1, 1],
  };
  const y = graph.emit("Conv", [x, w], { shape: x.shape, attributes });
  return { nodes: graph.nodes, inputs: [x, w], outputs: [y] };
}

async function run({ nodes, inputs, outputs }: Program): Promise<Float32Array> {
  const bytes = encode(nodes, {
    inputs: inputs.map((value, index) => ({ name: `input/${index}`, value })),
    outputs: [{ name: "output", value: outputs[0] }],
  });
  const session = await openSession(bytes);
  const feeds: Record<string, SessionTensor> = {};
  inputs.forEach(({ shape }, index) => {
    const values = Float32Array.from(
      { length: shape.reduce((size, length) => size * length, 1) },
      (_, place) => Math.sin((index + 1) * place),
    );
    feeds[`input/${index}`] = { values, shape };
  });
  try {
    return Float32Array.from((await session.run(feeds)).output.values, Number);
  } finally {
    await session.dispose();
  }
}
