/** Networks of vectors and of symbols. */
import * as tf from "@tensorflow/tfjs";
import { AttentionPooling, SelfAttention } from "./attention.ts";
import { chain, sequence, type ZooModel } from "./model.ts";

const { layers } = tf;

export const VECTOR_NETWORKS = {
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
} as const satisfies Record<string, ZooModel>;
