/** Networks that run step by step. */
import * as tf from "@tensorflow/tfjs";
import { sequence, type ZooModel } from "./model.ts";

const { layers } = tf;

export const RECURRENT_NETWORKS = {
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
} as const satisfies Record<string, ZooModel>;
