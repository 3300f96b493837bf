/** Networks of images and volumes. */
import * as tf from "@tensorflow/tfjs";
import { apply, chain, sequence, type ZooModel } from "./model.ts";

const { layers } = tf;

export const IMAGE_NETWORKS = {
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
