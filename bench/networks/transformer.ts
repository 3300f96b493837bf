/**
 * A small transformer.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { namedWeights } from "../../src/models/weights.ts";
import type { NetworkDescription } from "./network.ts";

const SAMPLES = 1000, CLASSES = 7;
const PATCH = 10, WIDTH = 64, HEADS = 4, HIDDEN = 256, BLOCKS = 4, EPSILON = 1e-5;
const TOKENS = SAMPLES / PATCH;

/**
 * 10 s at 100 Hz as 100 tokens of 10 samples, learned positions, four blocks of four heads with the normalization before each part,
 * a hidden layer of 256 with GELU, and the mean over tokens.
 *
 * Source: Dosovitskiy et al. (2021), "An image is worth 16 x 16 words", of a signal and without a class token.
 */
export const transformer: NetworkDescription = {
  about: "a transformer of 4 blocks of 64, 100 tokens of 10 samples",
  samples: SAMPLES,
  classes: CLASSES,
  pytorchForms: ["encoder"],
  build() {
    const layers: tf.layers.Layer[] = [];
    const built = (layer: tf.layers.Layer, shape: number[]) => {
      // Called on a symbolic input, a layer makes its weights and names them.
      layer.apply(tf.input({ shape }));
      layers.push(layer);
      // tfjs types the result as all that any layer can give.
      return (x: tf.Tensor) => layer.apply(x) as tf.Tensor;
    };
    const dense = (name: string, [features, units]: [number, number]) =>
      built(tf.layers.dense({ name, units }), [TOKENS, features]);
    const norm = (name: string) =>
      built(tf.layers.layerNormalization({ name, epsilon: EPSILON }), [TOKENS, WIDTH]);
    const embed = dense("embedding", [PATCH, WIDTH]);
    const positions = tf.variable(tf.zeros([TOKENS, WIDTH]), true);
    const blocks = Array.from({ length: BLOCKS }, (_, index) => {
      const name = `block${index + 1}`;
      const norm1 = norm(`${name}_norm1`), attend = attention(name, dense);
      const norm2 = norm(`${name}_norm2`);
      const hidden = dense(`${name}_hidden`, [WIDTH, HIDDEN]),
        output = dense(`${name}_output`, [HIDDEN, WIDTH]);
      const gelu = tf.layers.activation({ name: `${name}_gelu`, activation: "gelu" });
      return (x: tf.Tensor) => {
        const attended = tf.add(x, attend(norm1(x)));
        return tf.add(attended, output(gelu.apply(hidden(norm2(attended))) as tf.Tensor));
      };
    });
    const last = norm("norm"), classify = built(tf.layers.dense({ name: "logits", units: CLASSES }), [WIDTH]);
    return {
      weights: { "positions/table": positions, ...Object.assign({}, ...layers.map(namedWeights)) },
      logits(windows) {
        const tokens = embed(tf.reshape(windows, [-1, TOKENS, PATCH]));
        const encoded = blocks.reduce(
          (x: tf.Tensor, block) => block(x),
          tf.add(tokens, positions),
        );
        return classify(tf.mean(last(encoded), 1)) as tf.Tensor2D;
      },
    };
  },
};

/** softmax(Q Kᵀ / √d) V in each head, and the projection of all heads together. */
function attention(
  name: string,
  dense: (name: string, sizes: [number, number]) => (x: tf.Tensor) => tf.Tensor,
): (x: tf.Tensor) => tf.Tensor {
  const project = dense(`${name}_queries_keys_values`, [WIDTH, 3 * WIDTH]);
  const join = dense(`${name}_heads`, [WIDTH, WIDTH]);
  const byHead = (x: tf.Tensor) =>
    tf.transpose(tf.reshape(x, [-1, TOKENS, HEADS, WIDTH / HEADS]), [0, 2, 1, 3]);
  return (x) => {
    const [queries, keys, values] = tf.split(project(x), 3, -1).map(byHead);
    const scores = tf.mul(tf.matMul(queries, keys, false, true), 1 / Math.sqrt(WIDTH / HEADS));
    const mixed = tf.matMul(tf.softmax(scores), values);
    return join(tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [-1, TOKENS, WIDTH]));
  };
}
