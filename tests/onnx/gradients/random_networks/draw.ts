/** Networks drawn from the layers that TensorFlow.js has. */
import type { Stream } from "../../../../src/random/stream.ts";
import { drawImageBlock } from "./draw_image.ts";
import { drawSignalBlock } from "./draw_signal.ts";
import { type Block, type Layer, LOSSES, type Network } from "./network.ts";

/** A block and the shape of its output without the batch; none where the block does not fit the shape. */
export interface Drawn {
  readonly blocks: readonly Block[];
  readonly shape: readonly number[];
}

export const ACTIVATIONS = [
  "linear",
  "relu",
  "elu",
  "selu",
  "sigmoid",
  "hardSigmoid",
  "tanh",
  "softplus",
  "softsign",
  "swish",
  "mish",
  "gelu",
] as const;

/** One of several. */
export function pick<T>(stream: Stream, items: readonly T[]): T {
  return items[stream.integer(items.length)];
}

/** A whole number from `from` to `to`. */
export function between(stream: Stream, from: number, to: number): number {
  return from + stream.integer(to - from + 1);
}

/** A layer by its class. */
export function layer(className: string, config: Layer["config"] = {}): Layer {
  return { className, config };
}

/** The network of a stream. */
export function drawNetwork(stream: Stream, seed: number): Network {
  const batch = between(stream, 2, 4), time = between(stream, 10, 20);
  const ofTokens = stream.uniform() < 0.2;
  const vocabulary = 7, channels = between(stream, 2, 4);
  let shape: readonly number[] = [time, channels];
  const blocks: Block[] = [];
  const inputShape = ofTokens ? [batch, time] : [batch, time, channels];
  if (ofTokens) blocks.push(layer("Embedding", { inputDim: vocabulary, outputDim: channels }));
  const count = between(stream, 4, 7), imageAt = stream.uniform() < 0.4 ? stream.integer(count) : -1;
  for (let index = 0; index < count; index++) {
    const drawn: Drawn = index === imageAt ? drawImage(stream, shape) : drawSignalBlock(stream, shape);
    blocks.push(...drawn.blocks);
    shape = drawn.shape;
  }
  blocks.push(...drawHead(stream), layer("Dense", { units: between(stream, 2, 4) }));
  return { seed, inputShape, ...(ofTokens && { vocabulary }), blocks, loss: pick(stream, LOSSES) };
}

/** A signal as a picture of one channel, and back. */
function drawImage(stream: Stream, [time, channels]: readonly number[]): Drawn {
  let shape: readonly number[] = [time, channels, 1];
  const blocks: Block[] = [layer("Reshape", { targetShape: shape })];
  for (let count = between(stream, 2, 3); count > 0; count--) {
    const drawn = drawImageBlock(stream, shape);
    blocks.push(...drawn.blocks);
    shape = drawn.shape;
  }
  const [height, width, filters] = shape, flat = [height, width * filters];
  blocks.push(layer("Reshape", { targetShape: flat }), layer("Dense", { units: 3, activation: "tanh" }));
  return { blocks, shape: [height, 3] };
}

/** From `[time, channel]` to a vector. */
function drawHead(stream: Stream): Block[] {
  const kinds = ["reduce", "reduce", "Flatten", "GlobalMaxPooling1D", "GlobalAveragePooling1D", "recurrent"];
  const kind = pick(stream, kinds);
  if (kind === "reduce") {
    const by = pick(stream, ["mean", "max", "min", "sum", "logSumExp", "norm", "deviation"]);
    return [{ operation: "reduce", config: { by } }];
  }
  if (kind !== "recurrent") return [layer(kind)];
  const units = between(stream, 2, 3);
  const inner = layer(pick(stream, ["LSTM", "GRU", "SimpleRNN"]), { units, recurrentActivation: "sigmoid" });
  return [layer("Bidirectional", { layer: inner, mergeMode: "concat" })];
}
