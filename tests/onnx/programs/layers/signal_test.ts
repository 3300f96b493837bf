/** Layers and losses of TensorFlow.js as programs: value and gradients against the `cpu` backend. */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../../src/onnx/programs/compile.ts";
import { assertClose, floatsOf } from "../../reference.ts";
import { assertLayersAgree } from "./layer_reference.ts";

const { layers } = tf;
const SIGNAL = [8, 3];

/** The gradient through a normalization is what is left of terms that cancel. */
const CANCELLED: Record<string, number> = { "batch normalization": 1e-3, "layer normalization": 1e-3 };

const LAYERS: Record<string, () => tf.layers.Layer[]> = {
  "conv1d, valid, strides":
    () => [layers.conv1d({ filters: 4, kernelSize: 3, strides: 2, activation: "relu", inputShape: SIGNAL })],
  "conv1d, same": () => [
    layers.conv1d({ filters: 4, kernelSize: 4, padding: "same", activation: "elu", inputShape: SIGNAL }),
  ],
  "conv2d": () => [
    layers.reshape({ targetShape: [8, 3, 1], inputShape: SIGNAL }),
    layers.conv2d({ filters: 2, kernelSize: [3, 2], padding: "same", activation: "tanh" }),
    layers.maxPooling2d({ poolSize: [2, 3] }),
    layers.flatten(),
  ],
  "pooling": () => [
    layers.maxPooling1d({ poolSize: 3, strides: 2, inputShape: SIGNAL }),
    layers.averagePooling1d({ poolSize: 2 }),
  ],
  "zero padding and cropping": () => [
    layers.reshape({ targetShape: [8, 3, 1], inputShape: SIGNAL }),
    layers.zeroPadding2d({ padding: [1, 2] }),
    layers.cropping2D({ cropping: [[0, 1], [3, 1]] }),
  ],
  "global average pooling": () => [
    layers.globalAveragePooling1d({ inputShape: SIGNAL }),
    layers.dense({ units: 2, activation: "sigmoid" }),
  ],
  "activations": () => [
    layers.leakyReLU({ inputShape: SIGNAL }),
    layers.elu({}),
    layers.activation({ activation: "softsign" }),
    layers.activation({ activation: "hardSigmoid" }),
    layers.activation({ activation: "swish" }),
    layers.softmax({ axis: -1 }),
  ],
  "prelu": () => [layers.prelu({ inputShape: SIGNAL })],
  "batch normalization": () => [layers.batchNormalization({ inputShape: SIGNAL })],
  "layer normalization":
    () => [layers.layerNormalization({ inputShape: SIGNAL }), layers.dense({ units: 2 })],
  "dense on a signal": () => [
    layers.dense({ units: 4, activation: "softplus", inputShape: SIGNAL }),
    layers.permute({ dims: [2, 1] }),
  ],
  "repeat": () => [layers.flatten({ inputShape: SIGNAL }), layers.repeatVector({ n: 2 })],
  "time distributed":
    () => [layers.timeDistributed({ layer: layers.dense({ units: 2 }), inputShape: SIGNAL })],
  "simple recurrence": () => [layers.simpleRNN({ units: 3, returnSequences: true, inputShape: SIGNAL })],
  "gated recurrence": () => [layers.gru({ units: 3, inputShape: SIGNAL })],
  "long short-term memory, both ways": () => [
    layers.bidirectional({
      layer: layers.lstm({ units: 2 }) as tf.RNN,
      mergeMode: "concat",
      inputShape: SIGNAL,
    }),
  ],
};

for (const [name, layers] of Object.entries(LAYERS)) {
  for (const training of [false, true]) {
    Deno.test(`compile() runs ${name} ${training ? "in training" : "in inference"} as TensorFlow.js does`, async () => {
      const inputShape = [4, ...SIGNAL];
      await assertLayersAgree({ name, layers, inputShape, relative: CANCELLED[name] }, { training });
    });
  }
}

const LOSSES: Record<string, (labels: tf.Tensor, predictions: tf.Tensor) => tf.Tensor> = {
  "sigmoid cross-entropy": (labels, logits) => tf.losses.sigmoidCrossEntropy(labels, logits),
  "softmax cross-entropy": (labels, logits) => tf.losses.softmaxCrossEntropy(labels, logits),
  "mean squared error": (labels, predictions) => tf.losses.meanSquaredError(labels, predictions),
  "Huber's loss": (labels, predictions) => tf.losses.huberLoss(labels, predictions),
  "hinge loss": (labels, predictions) => tf.losses.hingeLoss(labels, predictions),
  "log loss": (labels, predictions) => tf.losses.logLoss(labels, tf.sigmoid(predictions)),
  "absolute difference": (labels, predictions) => tf.losses.absoluteDifference(labels, predictions),
  "cosine distance": (labels, predictions) => tf.losses.cosineDistance(labels, predictions, -1),
  "cosine similarity of rows": (labels, predictions) => {
    const normal = (x: tf.Tensor) => tf.div(x, tf.norm(x, "euclidean", -1, true));
    return tf.mean(tf.logSoftmax(tf.matMul(normal(labels), normal(predictions), false, true)));
  },
};

for (const [name, loss] of Object.entries(LOSSES)) {
  Deno.test(`compile() runs ${name} and its gradient as TensorFlow.js does`, async () => {
    const fn = ({ labels, predictions }: Record<string, tf.Tensor>): Record<string, tf.Tensor> => ({
      loss: loss(labels, predictions),
      gradient: tf.grad((predictions) => loss(labels, predictions))(predictions),
    });
    const shape = [3, 4];
    const labels = Float32Array.of(1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0),
      predictions = floatsOf({ shape, from: -3, to: 3 });
    const program = await compile(fn, { inputs: { labels: shape, predictions: shape } });
    const actual = await program.run({ labels, predictions });
    await program.dispose();
    tf.tidy(() => {
      const expected = fn({ labels: tf.tensor(labels, shape), predictions: tf.tensor(predictions, shape) });
      for (const [output, tensor] of Object.entries(expected)) {
        assertClose(actual[output], tensor.dataSync(), { what: `${name}, ${output}` });
      }
    });
  });
}
