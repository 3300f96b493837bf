/** Recurrent, embedding, merging and preprocessing layers and all activations against the `cpu` backend. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compile } from "../../../../src/onnx/programs/compile.ts";
import { assertClose, floatsOf } from "../../reference.ts";
import { assertLayersAgree, type LayerCase } from "./layer_reference.ts";

const { layers } = tf;
const SIGNAL = [8, 3];

const ACTIVATIONS = [
  "elu",
  "gelu",
  "gelu_new",
  "hardSigmoid",
  "linear",
  "mish",
  "relu",
  "relu6",
  "selu",
  "sigmoid",
  "softmax",
  "softplus",
  "softsign",
  "swish",
  "tanh",
] as const;

/** Whole numbers from 0 to 6. */
const tokens = (shape: number[]) => layers.rescaling({ scale: 1.7, offset: 3.5, inputShape: shape });
/** Steps of zeros, which masking leaves out. */
const withZeros = () => layers.reLU({ inputShape: [8, 1] });

const CASES: Omit<LayerCase, "inputShape">[] = [
  {
    name: "embedding with a mask",
    layers: () => [
      tokens([8]),
      layers.embedding({ inputDim: 7, outputDim: 3, maskZero: true }),
      layers.lstm({ units: 2 }),
    ],
  },
  {
    name: "embedding with regularizer and constraint",
    layers: () => [
      tokens([8]),
      layers.embedding({
        inputDim: 7,
        outputDim: 3,
        embeddingsRegularizer: tf.regularizers.l2(),
        embeddingsConstraint: tf.constraints.unitNorm({}),
      }),
    ],
  },
  {
    name: "masking",
    layers: () => [withZeros(), layers.masking({}), layers.gru({ units: 2, returnSequences: true })],
  },
  {
    name: "stacked cells",
    layers: () => [
      layers.rnn({
        cell: [
          layers.lstmCell({ units: 3 }),
          layers.gruCell({ units: 2 }),
          layers.simpleRNNCell({ units: 2 }),
        ],
        returnSequences: true,
        inputShape: SIGNAL,
      }),
    ],
  },
  {
    name: "stacked layers",
    layers: () => [
      layers.lstm({ units: 3, returnSequences: true, inputShape: SIGNAL, unitForgetBias: false }),
      layers.gru({ units: 2, returnSequences: true, recurrentActivation: "sigmoid", useBias: false }),
      layers.simpleRNN({ units: 3, activation: "relu", goBackwards: true }),
    ],
  },
  {
    name: "convolutional recurrence",
    layers: () => [
      layers.reshape({ targetShape: [4, 2, 3, 1], inputShape: SIGNAL }),
      layers.convLstm2d({ filters: 2, kernelSize: [2, 2], padding: "same" }),
    ],
  },
  ...(["sum", "mul", "ave", "concat"] as const).map((mergeMode) => ({
    name: `both ways, ${mergeMode}`,
    layers: () => [
      layers.bidirectional({
        layer: layers.gru({ units: 2, returnSequences: true }) as tf.RNN,
        mergeMode,
        inputShape: SIGNAL,
      }),
    ],
  })),
  {
    name: "layers in time",
    layers: () => [
      layers.timeDistributed({ layer: layers.dense({ units: 2, activation: "tanh" }), inputShape: SIGNAL }),
      layers.timeDistributed({ layer: layers.softmax({}) }),
    ],
  },
  {
    name: "thresholds and slopes",
    layers: () => [
      layers.thresholdedReLU({ theta: 0.3, inputShape: SIGNAL }),
      layers.reLU({ maxValue: 1.2 }),
      layers.prelu({ sharedAxes: [1] }),
    ],
  },
  {
    name: "shapes",
    layers: () => [
      layers.permute({ dims: [2, 1], inputShape: SIGNAL }),
      layers.reshape({ targetShape: [4, 6] }),
      layers.flatten(),
      layers.repeatVector({ n: 3 }),
    ],
  },
  ...ACTIVATIONS.map((activation) => ({
    name: `activation ${activation}`,
    layers: () => [layers.activation({ activation, inputShape: SIGNAL })],
    // Of gelu, the cpu backend's error function is good to 1.5e-7 absolute.
    relative: activation === "gelu" ? 2e-3 : undefined,
  })),
];

for (const one of CASES) {
  for (const training of [false, true]) {
    Deno.test(`compile() runs ${one.name} ${training ? "in training" : "in inference"} as TensorFlow.js does`, async () => {
      const [first] = one.layers();
      const { batchInputShape } = first;
      await assertLayersAgree(
        { ...one, inputShape: [4, ...batchInputShape.slice(1).map(Number)] },
        { training },
      );
    });
  }
}

const MERGES: Record<string, () => tf.layers.Layer> = {
  add: () => layers.add(),
  average: () => layers.average(),
  concatenate: () => layers.concatenate({ axis: 1 }),
  dot: () => layers.dot({ axes: -1 }),
  "dot of unit vectors": () => layers.dot({ axes: [1, 1], normalize: true }),
  maximum: () => layers.maximum(),
  minimum: () => layers.minimum(),
  multiply: () => layers.multiply(),
};

for (const [name, create] of Object.entries(MERGES)) {
  Deno.test(`compile() runs the layer ${name} and its gradients as TensorFlow.js does`, async () => {
    const shape = [2, 3, 4], layer = create();
    const fn = ({ a, b }: Record<string, tf.Tensor>) => {
      const merged = (a: tf.Tensor, b: tf.Tensor) => layer.apply([a, b]) as tf.Tensor;
      const y = merged(a, b), weights = tf.tensor(floatsOf({ shape: y.shape }), y.shape);
      const [da, db] = tf.grads((a, b) => tf.sum(tf.mul(weights, merged(a, b))))([a, b]);
      return { y, da, db };
    };
    const a = floatsOf({ shape }), b = floatsOf({ shape, from: 3, to: -1 });
    const program = await compile(fn, { inputs: { a: shape, b: shape } });
    const actual = await program.run({ a, b });
    await program.dispose();
    tf.tidy(() => {
      for (const [output, tensor] of Object.entries(fn({ a: tf.tensor(a, shape), b: tf.tensor(b, shape) }))) {
        assertClose(actual[output], tensor.dataSync(), { what: `${name}, ${output}` });
      }
    });
  });
}

for (const outputMode of ["multiHot", "oneHot", "count", "int"] as const) {
  Deno.test(`compile() encodes categories as ${outputMode}, which TensorFlow.js does by reading them`, async () => {
    const layer = layers.categoryEncoding({ numTokens: 4, outputMode });
    const shape = outputMode === "oneHot" ? [3, 1] : [3, 2];
    const numbers = Int32Array.of(0, 3, 1, 1, 2, 0).subarray(0, shape[0] * shape[1]);
    const program = await compile(({ x }) => ({ y: layer.apply(x) as tf.Tensor }), {
      inputs: { x: { shape, dtype: "int32" } },
    });
    const { y } = await program.run({ x: numbers });
    await program.dispose();
    const expected = layer.apply(tf.tensor(numbers, shape, "int32")) as tf.Tensor;
    assert.deepEqual([...y], [...expected.dataSync()]);
  });
}

Deno.test("compile() refuses a stateful layer, whose state would start again in each run", async () => {
  const layer = layers.gru({ units: 2, stateful: true, batchInputShape: [2, 4, 3], name: "remembering" });
  layer.build([2, 4, 3]);
  await assert.rejects(
    compile(({ x }) => ({ y: layer.apply(x) as tf.Tensor }), { inputs: { x: [2, 4, 3] } }),
    { name: "RangeError", message: /Cannot record the layer "remembering": it must not be stateful/ },
  );
});
