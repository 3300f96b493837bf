/** A network built of TensorFlow.js, with weights that follow from its seed. */
import * as tf from "@tensorflow/tfjs";
import type { Block, Layer, Network } from "./network.ts";
import { spread, weightOf } from "./numbers.ts";
import { OPERATIONS } from "./operations.ts";

type Forward = (x: tf.Tensor) => tf.Tensor;

/** A network that is ready to run. */
export interface Built {
  /** The trainable weights in the order in which they were made. */
  readonly weights: readonly tf.Variable[];
  readonly input: tf.Tensor;
  readonly target: tf.Tensor;
  /** The mean loss. */
  loss(input: tf.Tensor, target: tf.Tensor): tf.Scalar;
}

/** Builds a network; layers get their shapes from one forward pass on the `cpu` backend. */
export function build({ seed, inputShape, vocabulary, blocks, loss }: Network): Built {
  const weights: tf.Variable[] = [];
  const seeds = { next: seed * 1000 };
  const size = inputShape.reduce((product, length) => product * length, 1);
  const numbers = spread(seeds.next++, size);
  const input = vocabulary === undefined
    ? tf.tensor(numbers, [...inputShape])
    : tf.tensor(Int32Array.from(numbers, (number) => Math.floor((number + 1) / 2 * vocabulary)), [
      ...inputShape,
    ], "int32");
  const weight = (variable: tf.Variable, isScale: boolean) => {
    variable.assign(tf.tensor(weightOf(seeds.next++, variable.shape, isScale), variable.shape));
    weights.push(variable);
  };
  const forward = sequence(blocks, weight);
  const targetSeed = seeds.next;
  const output = forward(input);
  const target = targetOf(loss, spread(targetSeed + 500, output.size), output.shape);
  return {
    weights,
    input,
    target,
    loss: (input, target) => tf.losses[loss](target, forward(input)) as tf.Scalar,
  };
}

type Register = (variable: tf.Variable, isScale: boolean) => void;

function sequence(blocks: readonly Block[], weight: Register): Forward {
  const parts = blocks.map((block) => forwardOf(block, weight));
  return (x) => parts.reduce((value, part) => part(value), x);
}

function forwardOf(block: Block, weight: Register): Forward {
  if ("operation" in block) return (x) => OPERATIONS[block.operation](x, block.config);
  if ("attention" in block) return attention(block.attention, weight);
  if ("paths" in block) {
    const paths = block.paths.map((path) => sequence(path, weight)), merge = layerOf(block.merge);
    return (x) => merge.apply(paths.map((path) => path(x))) as tf.Tensor;
  }
  const layer = layerOf(block);
  // Batch statistics in place of moving ones.
  const training = block.className === "BatchNormalization";
  return (x) => {
    const isNew = !layer.built, y = layer.apply(x, { training }) as tf.Tensor;
    if (!isNew) return y;
    for (const made of layer.trainableWeights) {
      weight(made.read() as tf.Variable, made.originalName.includes("gamma"));
    }
    return layer.apply(x, { training }) as tf.Tensor;
  };
}

function layerOf({ className, config }: Layer): tf.layers.Layer {
  const [type, fromConfig] = tf.serialization.SerializationMap.getMap().classNameMap[className];
  const layer = fromConfig(type, structuredClone(config) as tf.serialization.ConfigDict);
  if (!(layer instanceof tf.layers.Layer)) throw new TypeError(`Cannot build a layer: ${className} is none`);
  return layer;
}

/** Scaled dot-product attention (Vaswani et al. 2017, equation 1) with a residual. */
function attention(
  { heads, width }: { readonly heads: number; readonly width: number },
  weight: Register,
): Forward {
  let kernels: tf.Variable[] | undefined;
  return (x) => {
    const [batch, time, channels] = x.shape, inner = heads * width;
    if (kernels === undefined) {
      kernels = [[channels, inner], [channels, inner], [channels, inner], [inner, channels]].map((shape) =>
        tf.variable(tf.zeros(shape))
      );
      for (const kernel of kernels) weight(kernel, false);
    }
    const [query, key, value] = kernels.slice(0, 3).map((kernel) => {
      const rows = tf.matMul(tf.reshape(x, [-1, channels]), kernel as tf.Tensor2D);
      return tf.transpose(tf.reshape(rows, [batch, time, heads, width]), [0, 2, 1, 3]);
    });
    const scores = tf.softmax(tf.div(tf.matMul(query, key, false, true), Math.sqrt(width)));
    const mixed = tf.reshape(tf.transpose(tf.matMul(scores, value), [0, 2, 1, 3]), [-1, inner]);
    return tf.add(x, tf.reshape(tf.matMul(mixed, kernels[3] as tf.Tensor2D), x.shape));
  };
}

function targetOf(loss: Network["loss"], numbers: Float32Array, shape: number[]): tf.Tensor {
  if (loss === "meanSquaredError" || loss === "huberLoss") return tf.tensor(numbers, shape);
  const shares = tf.tensor(numbers.map((number) => (number + 1) / 2), shape);
  return loss === "sigmoidCrossEntropy" ? shares : tf.div(shares, tf.sum(shares, -1, true));
}
