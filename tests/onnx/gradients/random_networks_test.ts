/** Loss and gradients of random networks against PyTorch in double precision; tests/golden/onnx/make_random_networks.py made them. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compile } from "../../../src/onnx/programs/compile.ts";
import { stream } from "../../../src/random/stream.ts";
import { build } from "./random_networks/build.ts";
import { drawNetwork } from "./random_networks/draw.ts";
import { allBlocks, nameOf, type Network } from "./random_networks/network.ts";

/** The largest difference allowed, relative to the largest element of a gradient. */
const TOLERANCE = 1e-3;

interface Entry {
  readonly network: Network;
  readonly loss: number;
  readonly gradients: readonly string[];
  readonly inputGradient?: string;
}

const file = new URL("../../golden/onnx/random_networks.json", import.meta.url);
const { networks: entries }: { networks: readonly Entry[] } = JSON.parse(Deno.readTextFileSync(file));

function decoded(text: string): Float32Array {
  return new Float32Array(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
}

/** The largest difference over the largest element. */
function distance(actual: Float32Array, expected: Float32Array): number {
  assert.equal(actual.length, expected.length);
  const largest = (numbers: Float32Array) =>
    numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
  return largest(actual.map((number, index) => number - expected[index])) / largest(expected);
}

Deno.test("the random networks are fifty, drawn from all kinds of blocks", () => {
  assert.equal(entries.length, 50);
  for (const { network } of entries) {
    assert.deepEqual(drawNetwork(stream(1, `network/${network.seed}`), network.seed), network);
  }
  const names = new Set(entries.flatMap(({ network }) => allBlocks(network.blocks).map(nameOf)));
  const expected = [
    ..."Activation Add AveragePooling1D AveragePooling2D Average BatchNormalization Bidirectional".split(" "),
    ..."Concatenate Conv1D Conv2D Conv2DTranspose Cropping2D Dense DepthwiseConv2D Dropout ELU Embedding"
      .split(" "),
    ..."Flatten GRU GlobalAveragePooling1D GlobalMaxPooling1D LSTM LayerNormalization LeakyReLU".split(" "),
    ..."MaxPooling1D MaxPooling2D Maximum Minimum Multiply PReLU Permute ReLU Reshape SeparableConv2D".split(
      " ",
    ),
    ..."SimpleRNN Softmax SpatialDropout1D ThresholdedReLU TimeDistributed UpSampling2D ZeroPadding2D".split(
      " ",
    ),
    ..."alternate attention choose crop cumulativeSum everyOther flip gate largest mirror pad reduce".split(
      " ",
    ),
    ..."reorder standardize".split(" "),
  ];
  assert.deepEqual(expected.filter((name) => !names.has(name)), []);
});

for (const { network, loss, gradients, inputGradient } of entries) {
  const blocks = network.blocks.map(nameOf).join(", ");
  Deno.test(`the gradients of network ${network.seed} (${blocks}) agree with PyTorch's`, async () => {
    const built = build(network), { shape, dtype } = built.input;
    const signature = { shape, dtype: dtype as "float32" | "int32" };
    const program = await compile(({ input }) => {
      const leaves = inputGradient === undefined ? [...built.weights] : [...built.weights, input];
      const { value, grads } = tf.engine().gradients(() => built.loss(input, built.target), leaves);
      return {
        loss: value,
        ...Object.fromEntries(grads.map((gradient, index) => [String(index), gradient])),
      };
    }, { inputs: { input: signature } });
    const results = await program.run({ input: built.input.dataSync<"float32">() });
    await program.dispose();
    assert.ok(
      Math.abs(results.loss[0] - loss) <= 1e-4 * Math.abs(loss),
      `loss ${results.loss[0]}, got ${loss}`,
    );
    const expected = inputGradient === undefined ? gradients : [...gradients, inputGradient];
    assert.equal(Object.keys(results).length, expected.length + 1);
    for (const [index, text] of expected.entries()) {
      const difference = distance(Float32Array.from(results[index]), decoded(text));
      const what = built.weights[index]?.name ?? "the input";
      assert.ok(
        difference <= TOLERANCE,
        `the gradient of ${what} must agree to ${TOLERANCE}, got ${difference}`,
      );
    }
  });
}
