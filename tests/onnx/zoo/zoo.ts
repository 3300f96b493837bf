/** Models of every kind that people build of layers, small but for the published network. */
import * as tf from "@tensorflow/tfjs";
import { cnn } from "../../../src/models/cnn.ts";
import { PUBLISHED } from "../../../src/models/cnn_schema.ts";
import { floatsOf, numbersOf } from "../reference.ts";
import { AttentionPooling, Positions, SelfAttention } from "./attention.ts";

const { layers } = tf;

/** A model of the zoo. */
export interface ZooModel {
  /** Builds it anew, with weights that depend on nothing but their places and shapes. */
  build(): tf.LayersModel;
  /** The largest number of rows that the `cpu` backend computes in a test's time. */
  readonly rows?: number;
  /** A weight that the file has. */
  readonly weight: string;
  /** A node that the file has. */
  readonly node: string;
}

/** The layers after one another, from an input of the given shape. */
function sequence(inputShape: number[], stack: tf.layers.Layer[]): tf.LayersModel {
  return tf.sequential({ layers: [layers.inputLayer({ inputShape }), ...stack] });
}

function apply(layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]): tf.SymbolicTensor {
  return layer.apply(inputs.length === 1 ? inputs[0] : inputs) as tf.SymbolicTensor;
}

function chain(input: tf.SymbolicTensor, stack: tf.layers.Layer[]): tf.SymbolicTensor {
  return stack.reduce((signal, layer) => apply(layer, signal), input);
}

/** A block of InceptionTime (Fawaz et al. 2020): a bottleneck, three convolutions and a pooled path side by side. */
function inception(input: tf.SymbolicTensor, filters: number): tf.SymbolicTensor {
  const conv = (kernelSize: number) =>
    layers.conv1d({ filters, kernelSize, padding: "same", useBias: false });
  const narrow = apply(conv(1), input);
  const paths = [9, 5, 3].map((kernelSize) => apply(conv(kernelSize), narrow));
  const pooled = chain(input, [layers.maxPooling1d({ poolSize: 3, strides: 1, padding: "same" }), conv(1)]);
  return chain(apply(layers.concatenate(), ...paths, pooled), [layers.batchNormalization(), layers.reLU()]);
}

function transformerBlock(input: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  const width = input.shape.at(-1)!;
  const attended = apply(
    layers.add({ name: `${name}_attended` }),
    input,
    chain(input, [
      layers.layerNormalization({ name: `${name}_norm1` }),
      new SelfAttention({ name: `${name}_attention`, heads: 2 }),
    ]),
  );
  return apply(
    layers.add({ name: `${name}_out` }),
    attended,
    chain(attended, [
      layers.layerNormalization({ name: `${name}_norm2` }),
      layers.dense({ name: `${name}_wide`, units: 2 * width, activation: "swish" }),
      layers.dropout({ name: `${name}_dropout`, rate: 0.1 }),
      layers.dense({ name: `${name}_narrow`, units: width }),
    ]),
  );
}

const MODELS = {
  "the published network": {
    build: () => cnn.build(PUBLISHED, { samples: 2560, sampleRateHz: 256 }),
    rows: 2,
    weight: "block3_conv2/kernel",
    node: "block1_activation1/LeakyRelu",
  },
  "a network of dense layers with every activation": {
    build: () =>
      sequence([7], [
        ...([
          "elu",
          "hardSigmoid",
          "linear",
          "relu",
          "relu6",
          "selu",
          "sigmoid",
          "softplus",
          "softsign",
          "tanh",
        ] as const)
          .map((activation) => layers.dense({ units: 6, activation })),
        layers.prelu(),
        layers.leakyReLU(),
        layers.elu(),
        layers.thresholdedReLU({ theta: 0.1 }),
        layers.dense({ units: 4, activation: "softmax" }),
      ]),
    weight: "dense_11/kernel",
    node: "leaky_re_lu/LeakyRelu",
  },
  InceptionTime: {
    build: () => {
      const windows = tf.input({ name: "windows", shape: [40, 2] });
      const first = inception(windows, 3), second = inception(first, 3);
      const shortcut = chain(windows, [
        layers.conv1d({ filters: 12, kernelSize: 1, padding: "same" }),
        layers.batchNormalization(),
      ]);
      const joined = apply(layers.activation({ activation: "relu" }), apply(layers.add(), shortcut, second));
      const classes = chain(joined, [
        layers.globalAveragePooling1d(),
        layers.dense({ units: 3, activation: "softmax" }),
      ]);
      return tf.model({ inputs: windows, outputs: classes });
    },
    weight: "conv1d_2/kernel",
    node: "concatenate/Concat",
  },
  "a transformer of patches": {
    build: () => {
      const windows = tf.input({ name: "windows", shape: [48, 1] });
      const patches = chain(windows, [
        layers.conv1d({ name: "patches", filters: 8, kernelSize: 8, strides: 8 }),
        new Positions({ name: "positions" }),
      ]);
      const mixed = transformerBlock(transformerBlock(patches, "block1"), "block2");
      const classes = chain(mixed, [
        layers.layerNormalization({ name: "norm" }),
        layers.globalAveragePooling1d({ name: "mean" }),
        layers.dense({ name: "logits", units: 2 }),
      ]);
      return tf.model({ name: "transformer", inputs: windows, outputs: classes });
    },
    weight: "block2_attention/query_kernel",
    node: "block1_attention/Softmax",
  },
  "an LSTM": {
    build: () =>
      sequence([9, 3], [
        layers.lstm({ units: 5, returnSequences: true, recurrentActivation: "sigmoid" }),
        layers.lstm({ units: 4, goBackwards: true }),
        layers.dense({ units: 2, activation: "softmax" }),
      ]),
    weight: "lstm_2/recurrent_kernel",
    node: "lstm/Tanh",
  },
  "a GRU after convolutions": {
    build: () =>
      sequence([32, 1], [
        layers.conv1d({ filters: 4, kernelSize: 5, strides: 2, activation: "relu" }),
        layers.averagePooling1d({ poolSize: 2 }),
        layers.gru({ units: 5 }),
        layers.dense({ units: 1, activation: "sigmoid" }),
      ]),
    weight: "gru/kernel",
    node: "average_pooling1d/AveragePool",
  },
  "a bidirectional network over masked steps": {
    build: () =>
      sequence([6, 3], [
        layers.masking({ maskValue: 0 }),
        layers.bidirectional({
          layer: layers.lstm({ units: 3, returnSequences: true }) as tf.RNN,
          mergeMode: "concat",
        }),
        layers.simpleRNN({ units: 4 }),
      ]),
    weight: "bidirectional/backward_lstm/kernel",
    node: "masking/Mul",
  },
  "cells that are stacked": {
    build: () =>
      sequence([5, 3], [
        layers.rnn({
          cell: layers.stackedRNNCells({
            cells: [layers.lstmCell({ units: 4 }), layers.gruCell({ units: 3 })],
          }),
        }),
        layers.dense({ units: 2 }),
      ]),
    weight: "rnn/RNNCell_1/recurrent_kernel",
    node: "rnn/Tanh",
  },
  "layers on each time step": {
    build: () =>
      sequence([4, 6, 2], [
        layers.timeDistributed({
          layer: tf.sequential({
            name: "beat",
            layers: [
              layers.conv1d({ filters: 3, kernelSize: 3, inputShape: [6, 2] }),
              layers.globalMaxPooling1d(),
            ],
          }),
        }),
        layers.timeDistributed({ layer: layers.dense({ units: 3, activation: "tanh" }) }),
        layers.flatten(),
        layers.dense({ units: 2 }),
      ]),
    weight: "time_distributed/conv1d/kernel",
    node: "time_distributed/conv1d/Conv",
  },
  "a separable network of images": {
    build: () =>
      sequence([12, 10, 3], [
        layers.separableConv2d({ filters: 6, kernelSize: 3, padding: "same", activation: "relu" }),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2 }),
        layers.batchNormalization(),
        layers.globalAveragePooling2d({}),
        layers.dense({ units: 4, activation: "softmax" }),
      ]),
    weight: "separable_conv2d/depthwise_kernel",
    node: "max_pooling2d/MaxPool",
  },
  "an autoencoder with transposed convolutions": {
    build: () =>
      sequence([8, 8, 2], [
        layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: "same", activation: "relu" }),
        layers.conv2d({ filters: 3, kernelSize: 3, padding: "same", activation: "elu" }),
        layers.conv2dTranspose({ filters: 4, kernelSize: 3, strides: 2, padding: "same" }),
        layers.upSampling2d({ size: [2, 2] }),
        layers.conv2d({ filters: 2, kernelSize: 2, strides: 2, activation: "sigmoid" }),
      ]),
    weight: "conv2d_transpose/kernel",
    node: "conv2d/Relu",
  },
  "a residual network of images": {
    build: () => {
      const image = tf.input({ shape: [9, 9, 2] });
      const conv = (strides: number) =>
        layers.conv2d({ filters: 4, kernelSize: 3, strides, padding: "same", useBias: false });
      const block = (input: tf.SymbolicTensor) =>
        chain(
          apply(
            layers.add(),
            input,
            chain(input, [
              layers.batchNormalization(),
              layers.reLU(),
              conv(1),
              layers.dropout({ rate: 0.2 }),
            ]),
          ),
          [layers.batchNormalization({ momentum: 0.9, scale: false })],
        );
      const stem = chain(image, [layers.zeroPadding2d({ padding: [[1, 0], [0, 1]] }), conv(2)]);
      const features = block(block(stem));
      const classes = chain(features, [
        layers.cropping2D({ cropping: [[1, 0], [0, 1]] }),
        layers.globalMaxPooling2d({}),
        layers.dense({ units: 3 }),
        layers.softmax(),
      ]);
      return tf.model({ inputs: image, outputs: classes });
    },
    weight: "batch_normalization_3/moving_variance",
    node: "softmax/Softmax",
  },
  "several inputs and outputs": {
    build: () => {
      const signal = tf.input({ name: "signal", shape: [20, 1] });
      const facts = tf.input({ name: "facts", shape: [3] });
      const encoded = chain(signal, [
        layers.conv1d({ name: "encode", filters: 4, kernelSize: 5, dilationRate: 2, padding: "same" }),
        layers.globalMaxPooling1d({ name: "largest" }),
      ]);
      const joined = apply(layers.concatenate({ name: "joined" }), encoded, facts);
      const classes = apply(layers.dense({ name: "classes", units: 3, activation: "softmax" }), joined);
      const rating = apply(layers.dense({ name: "rating", units: 1 }), joined);
      return tf.model({ name: "affect", inputs: [signal, facts], outputs: [classes, rating, encoded] });
    },
    weight: "rating/kernel",
    node: "joined/Concat",
  },
  "an embedding with attention": {
    build: () => {
      const symbols = tf.input({ name: "symbols", shape: [12], dtype: "int32" });
      const embedded = chain(symbols, [
        layers.embedding({ inputDim: 10, outputDim: 6 }),
        new SelfAttention({ heads: 3 }),
        layers.layerNormalization(),
        new AttentionPooling({}),
        layers.dense({ units: 2 }),
      ]);
      return tf.model({ inputs: symbols, outputs: embedded });
    },
    weight: "embedding/embeddings",
    node: "embedding/Gather",
  },
  "an embedding that begins a model": {
    build: () =>
      tf.sequential({
        layers: [
          layers.embedding({ inputDim: 8, outputDim: 3, inputLength: 5 }),
          layers.globalAveragePooling1d(),
          layers.dense({ units: 2 }),
        ],
      }),
    weight: "embedding/embeddings",
    node: "embedding/Gather",
  },
  "an encoder shared by two inputs": {
    build: () => {
      const left = tf.input({ shape: [16, 1] }), right = tf.input({ shape: [16, 1] });
      const encoder = tf.sequential({
        name: "encoder",
        layers: [
          layers.conv1d({ filters: 3, kernelSize: 4, inputShape: [16, 1], activation: "tanh" }),
          layers.flatten(),
          layers.dense({ units: 5 }),
        ],
      });
      const [first, second] = [left, right].map((input) => apply(encoder, input));
      const merged = [
        layers.multiply(),
        layers.average(),
        layers.maximum(),
        layers.minimum(),
        layers.dot({ axes: 1, normalize: true }),
      ].map((layer) => apply(layer, first, second));
      return tf.model({
        inputs: [left, right],
        outputs: apply(layers.dense({ units: 1 }), apply(layers.concatenate(), ...merged)),
      });
    },
    weight: "encoder/conv1d/kernel",
    node: "encoder/conv1d/Conv",
  },
  "layers that move elements": {
    build: () =>
      sequence([24], [
        layers.reshape({ targetShape: [6, 4] }),
        layers.permute({ dims: [2, 1] }),
        layers.flatten(),
        layers.repeatVector({ n: 3 }),
        layers.gaussianNoise({ stddev: 0.1 }),
        layers.gaussianDropout({ rate: 0.1 }),
        layers.alphaDropout({ rate: 0.1 }),
        layers.conv1d({ filters: 2, kernelSize: 2 }),
      ]),
    weight: "conv1d/kernel",
    node: "permute/Transpose",
  },
  "convolutions in three dimensions": {
    build: () =>
      sequence([4, 5, 6, 1], [
        layers.conv3d({ filters: 2, kernelSize: 2, activation: "relu" }),
        layers.maxPooling3d({ poolSize: 2, strides: 1 }),
        layers.flatten(),
        layers.dense({ units: 2 }),
      ]),
    weight: "conv3d/kernel",
    node: "conv3d/Relu",
  },
} as const satisfies Record<string, ZooModel>;

/** The models by what they are. */
export const ZOO: Readonly<Record<string, ZooModel>> = MODELS;

/** Gives every weight numbers of its own that depend on its place and shape alone; variances are positive. */
export function fill(model: tf.LayersModel): tf.LayersModel {
  model.weights.forEach((weight, index) => {
    const { shape } = weight, isVariance = weight.originalName.endsWith("moving_variance");
    const limit = 1.5 /
      Math.sqrt(Math.max(1, shape.slice(0, -1).reduce((size: number, length) => size * length!, 1)));
    const values = floatsOf({
      shape: [index + 1, ...shape as number[]],
      from: isVariance ? 0.5 : -limit,
      to: isVariance ? 1.5 : limit,
    });
    const size = values.length / (index + 1);
    tf.tidy(() => {
      weight.write(tf.tensor(values.subarray(index * size), shape as number[]));
    });
  });
  return model;
}

/** Numbers for each input of a model, `rows` of them; a third of the steps of a signal are zero, symbols are whole numbers. */
export function inputsOf(model: tf.LayersModel, rows: number) {
  const areSymbols = model.layers.some((layer) => layer.getClassName() === "Embedding");
  return model.inputs.map(({ shape: [, ...row], dtype }) => {
    const shape = [rows, ...row as number[]], width = shape.at(-1)!;
    const symbols = numbersOf({ shape, from: 0, to: 7.9, dtype: "int32" });
    if (areSymbols) return { shape, dtype, values: dtype === "int32" ? symbols : Float32Array.from(symbols) };
    const values = floatsOf({ shape });
    if (shape.length === 3 && width > 1) {
      for (let step = 0; step < values.length / width; step += 3) {
        values.fill(0, step * width, (step + 1) * width);
      }
    }
    return { shape, dtype, values };
  });
}
