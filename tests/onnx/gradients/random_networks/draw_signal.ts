/** Blocks of `[time, channel]`. */
import type { Stream } from "../../../../src/random/stream.ts";
import { ACTIVATIONS, between, type Drawn, layer, pick } from "./draw.ts";
import type { Block, Config } from "./network.ts";

type Shape = readonly number[];
type Draw = (stream: Stream, shape: Shape) => Drawn;

const operation = (name: string, config: Config = {}): Block => ({ operation: name, config });

function convolution(stream: Stream, [time]: Shape): Drawn {
  const filters = between(stream, 2, 5), kernelSize = between(stream, 1, 4);
  const padding = pick(stream, ["same", "valid", "causal"]);
  const dilationRate = stream.uniform() < 0.4 ? 2 : 1;
  const strides = dilationRate === 1 && stream.uniform() < 0.4 ? 2 : 1;
  const activation = pick(stream, ACTIVATIONS), useBias = stream.uniform() < 0.7;
  const reach = dilationRate * (kernelSize - 1);
  const config = { filters, kernelSize, strides, dilationRate, activation, useBias };
  const length = padding === "same"
    ? Math.ceil(time / strides)
    : Math.floor(((padding === "causal" ? time + reach : time) - reach - 1) / strides) + 1;
  const shape = [length, filters];
  // The layer of TensorFlow.js does not know causal padding.
  if (padding === "causal") {
    const before = operation("pad", { before: reach, after: 0 });
    return { blocks: [before, layer("Conv1D", { ...config, padding: "valid" })], shape };
  }
  return { blocks: [layer("Conv1D", { ...config, padding })], shape };
}

function pooling(stream: Stream, [time, channels]: Shape): Drawn {
  const poolSize = between(stream, 2, 3),
    strides = between(stream, 1, 2),
    padding = pick(stream, ["same", "valid"]);
  const length = padding === "same" ? Math.ceil(time / strides) : Math.floor((time - poolSize) / strides) + 1;
  const className = pick(stream, ["MaxPooling1D", "AveragePooling1D"]);
  return { blocks: [layer(className, { poolSize, strides, padding })], shape: [length, channels] };
}

function recurrent(stream: Stream, [time]: Shape): Drawn {
  const units = between(stream, 2, 4), returnSequences = true;
  const common = { units, returnSequences, activation: pick(stream, ["tanh", "softsign"]) };
  const kind = pick(stream, ["LSTM", "GRU", "SimpleRNN"]);
  const recurrentActivation = pick(stream, ["sigmoid", "hardSigmoid"]);
  const inner = layer(kind, kind === "SimpleRNN" ? common : { ...common, recurrentActivation });
  if (stream.uniform() < 0.5) return { blocks: [inner], shape: [time, units] };
  const mergeMode = pick(stream, ["concat", "sum", "mul", "ave"]);
  const width = mergeMode === "concat" ? 2 * units : units;
  return { blocks: [layer("Bidirectional", { layer: inner, mergeMode })], shape: [time, width] };
}

function activation(stream: Stream, shape: Shape): Drawn {
  const block = pick<Block>(stream, [
    layer("Activation", { activation: pick(stream, ACTIVATIONS) }),
    layer("LeakyReLU", { alpha: 0.2 }),
    layer("PReLU", { sharedAxes: [1] }),
    layer("ELU", { alpha: 1 }),
    layer("ReLU", { maxValue: 1.5 }),
    layer("ThresholdedReLU", { theta: 0.1 }),
    layer("Softmax", { axis: -1 }),
    operation("choose"),
  ]);
  return { blocks: [block], shape };
}

function normalization(stream: Stream, shape: Shape): Drawn {
  const block = pick<Block>(stream, [
    layer("BatchNormalization"),
    layer("LayerNormalization"),
    operation("standardize"),
  ]);
  return { blocks: [block], shape };
}

/** Two or three paths of one shape. */
function merged(stream: Stream, shape: Shape): Drawn {
  const className = pick(stream, ["Add", "Multiply", "Average", "Maximum", "Minimum", "Concatenate"]);
  const [time, channels] = shape;
  const dense = () =>
    layer("Dense", { units: channels, activation: pick(stream, ["tanh", "softsign", "elu"]) });
  const convolved = () =>
    layer("Conv1D", {
      filters: channels,
      kernelSize: between(stream, 1, 3),
      padding: "same",
      activation: "swish",
    });
  const paths: Block[][] = [[convolved()], [dense()]];
  if (stream.uniform() < 0.3) paths.push([]);
  const config: Config = className === "Concatenate" ? { axis: -1 } : {};
  const width = className === "Concatenate" ? channels * paths.length : channels;
  return { blocks: [{ paths, merge: layer(className, config) }], shape: [time, width] };
}

function dense(stream: Stream, [time]: Shape): Drawn {
  const units = between(stream, 2, 5);
  const inner = layer("Dense", { units, activation: pick(stream, ACTIVATIONS) });
  const block = stream.uniform() < 0.3 ? layer("TimeDistributed", { layer: inner }) : inner;
  return { blocks: [block], shape: [time, units] };
}

function arrangement(stream: Stream, [time, channels]: Shape): Drawn {
  const before = between(stream, 0, 2), after = between(stream, 1, 2);
  const from = between(stream, 0, 2),
    order = stream.shuffle(Array.from({ length: channels }, (_, index) => index));
  const choices: Drawn[] = [
    { blocks: [operation("pad", { before, after })], shape: [time + before + after, channels] },
    {
      blocks: [operation("mirror", { before, after, mode: pick(stream, ["reflect", "symmetric"]) })],
      shape: [time + before + after, channels],
    },
    { blocks: [operation("crop", { from, count: time - from - 1 })], shape: [time - from - 1, channels] },
    { blocks: [operation("everyOther")], shape: [Math.ceil(time / 2), channels] },
    { blocks: [operation("flip")], shape: [time, channels] },
    { blocks: [operation("reorder", { order: [...order, order[0]] })], shape: [time, channels + 1] },
    { blocks: [operation("alternate")], shape: [time, channels] },
    {
      blocks: [layer("Permute", { dims: [2, 1] }), layer("Permute", { dims: [2, 1] })],
      shape: [time, channels],
    },
    {
      blocks: [layer("Dropout", { rate: 0.5 }), layer("SpatialDropout1D", { rate: 0.2 })],
      shape: [time, channels],
    },
  ];
  if (channels % 2 === 0) choices.push({ blocks: [operation("gate")], shape: [time, channels / 2] });
  return pick(stream, choices);
}

function selection(stream: Stream, [time, channels]: Shape): Drawn {
  if (stream.uniform() < 0.5) {
    const config = { exclusive: stream.uniform() < 0.5, reverse: stream.uniform() < 0.5 };
    return { blocks: [operation("cumulativeSum", config)], shape: [time, channels] };
  }
  const k = Math.min(time, between(stream, 3, 6));
  return { blocks: [operation("largest", { k })], shape: [k, channels] };
}

function attention(stream: Stream, shape: Shape): Drawn {
  return { blocks: [{ attention: { heads: between(stream, 1, 3), width: between(stream, 2, 3) } }], shape };
}

const DRAWS: readonly Draw[] = [
  convolution,
  convolution,
  pooling,
  recurrent,
  activation,
  activation,
  normalization,
  merged,
  dense,
  arrangement,
  arrangement,
  arrangement,
  selection,
  attention,
];

/** A block that leaves at least four time steps where it can. */
export function drawSignalBlock(stream: Stream, shape: Shape): Drawn {
  for (let attempt = 0; attempt < 50; attempt++) {
    const drawn = pick(stream, DRAWS)(stream, shape);
    if (drawn.shape[0] >= 4 && drawn.shape[1] >= 2 && drawn.shape[1] <= 8) return drawn;
  }
  return dense(stream, shape);
}
