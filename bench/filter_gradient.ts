/**
 * The gradient of a convolution's filter in the ways that the optimizer chooses from: the measurement behind its rule.
 *
 * `deno run -A bench/filter_gradient.ts [THREADS [BATCH]]`. Shortest of a few runs in turns, reordering included; `chosen` is what the rule takes.
 *
 * @module
 */
import { encode } from "../src/onnx/files/encode.ts";
import { Graph } from "../src/onnx/graph/graph.ts";
import type { Program } from "../src/onnx/graph/program.ts";
import { blockSize } from "../src/onnx/optimize/block_size.ts";
import { blockChannels } from "../src/onnx/optimize/blocks.ts";
import { type OnnxSession, openSession, type SessionTensor } from "../src/onnx/runtime/session.ts";
import { formatTable, print } from "./table.ts";

const ROUNDS = 7;
/** Channels in and out, taps, samples: the layers of the published network, and smaller ones. */
const LAYERS = [
  [1, 32, 32, 2560],
  [32, 32, 32, 2560],
  [32, 64, 16, 1277],
  [64, 64, 16, 1277],
  [64, 128, 8, 635],
  [128, 128, 8, 635],
  [32, 32, 40, 1000],
  [128, 32, 1, 1000],
  [16, 16, 3, 100],
  [24, 20, 9, 1000],
];

/** Measures and prints a table. */
export async function run(
  { threads = 1, batch = 32 }: { readonly threads?: number; readonly batch?: number } = {},
): Promise<void> {
  const block = await blockSize(), rows: string[][] = [];
  for (const [channels, filters, taps, samples] of LAYERS) {
    const recorded = filterGradient({ batch, channels, filters, taps, samples });
    const ways = {
      "as recorded": recorded,
      "by tap": blockChannels(recorded, { block: undefined }),
      "by row": blockChannels(recorded, { block }),
    };
    const sessions: [OnnxSession, Record<string, SessionTensor>][] = [];
    for (const program of Object.values(ways)) sessions.push(await open(program, threads));
    const times = sessions.map(() => Infinity);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [index, [session, feeds]] of sessions.entries()) {
        const start = performance.now();
        await session.run(feeds);
        times[index] = Math.min(times[index], performance.now() - start);
      }
    }
    for (const [session] of sessions) await session.dispose();
    // Where a way does not qualify, the graph is as it was.
    const changed = Object.values(ways).map(({ nodes }) => nodes.length !== recorded.nodes.length);
    const cells = times.map((ms, index) => index === 0 || changed[index] ? ms.toFixed(1) : "");
    const chosen = changed[2] ? "by row" : changed[1] ? "by tap" : "as recorded";
    rows.push([`${channels}-${filters}, ${taps}, ${samples}`, ...cells, chosen]);
  }
  await print([
    `filter gradients, batch ${batch}, threads: ${threads}, ms`,
    ...formatTable([["channels, taps, samples", "as recorded", "by tap", "by row", "chosen"], ...rows]),
  ]);
}

/** As the lowering records it, with same padding. */
function filterGradient(
  { batch, channels, filters, taps, samples }: Readonly<
    Record<"batch" | "channels" | "filters" | "taps" | "samples", number>
  >,
): Program {
  const graph = new Graph(), left = (taps - 1) >> 1;
  const x = graph.input("float32", [batch, channels, 1, samples]);
  const dy = graph.input("float32", [batch, filters, 1, samples]);
  const swapped = [x, dy].map((value) => {
    const [, own, ...rest] = value.shape;
    return graph.emit("Transpose", [value], {
      shape: [own, batch, ...rest],
      attributes: { perm: [1, 0, 2, 3] },
    });
  });
  const gradient = graph.emit("Conv", swapped, {
    shape: [channels, filters, 1, taps],
    attributes: {
      "kernel_shape": [1, samples],
      pads: [0, left, 0, taps - 1 - left],
      strides: [1, 1],
      dilations: [1, 1],
    },
  });
  return { nodes: graph.nodes, inputs: [x, dy], outputs: [gradient] };
}

async function open(
  program: Program,
  threads: number,
): Promise<[OnnxSession, Record<string, SessionTensor>]> {
  const named = (values: Program["inputs"], kind: string) =>
    values.map((value, index) => ({ name: `${kind}${index}`, value }));
  const inputs = named(program.inputs, "input"), outputs = named(program.outputs, "output");
  const session = await openSession(encode(program.nodes, { inputs, outputs }), { threads });
  const feeds = inputs.map(({ name, value: { shape } }) => {
    const length = shape.reduce((size, own) => size * own, 1);
    return [name, { values: Float32Array.from({ length }, (_, index) => Math.sin(index)), shape }];
  });
  return [session, Object.fromEntries(feeds)];
}

if (import.meta.main) {
  const [threads, batch] = Deno.args.map(Number);
  await run({ threads, batch });
}
