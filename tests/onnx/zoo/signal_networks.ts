/** Networks of signals: convolutions and attention over time, and networks of several inputs. */
import * as tf from "@tensorflow/tfjs";
import { cnn } from "../../../src/models/cnn.ts";
import { PUBLISHED } from "../../../src/models/cnn_schema.ts";
import { Positions, SelfAttention } from "./attention.ts";
import { apply, chain, type ZooModel } from "./model.ts";

const { layers } = tf;

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

export const SIGNAL_NETWORKS = {
  "the published network": {
    build: () => cnn.build(PUBLISHED, { samples: 2560, sampleRateHz: 256 }),
    rows: 2,
    weight: "block3_conv2/kernel",
    node: "block1_activation1/LeakyRelu",
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
} as const satisfies Record<string, ZooModel>;
