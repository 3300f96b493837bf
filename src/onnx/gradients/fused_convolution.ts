/**
 * Fused convolutions that let dilated ones be differentiated.
 *
 * `tf.fused.conv2d`, which the layer of two axes calls, carries its own gradient and refuses dilations above 1 in it. No registry reaches
 * that gradient; with dilations the operation is composed of others here, whose gradients are registered. What the package loads as
 * `main` holds `tf.fused` as an object, in which functions can be replaced. Where it is the namespace of a module instead, as in a browser
 * or a bundle of modules, it is read-only and stays as it is: a dilated `layers.conv2d` without activation has no gradient there, and
 * TensorFlow.js says so when it is asked for one.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { ratesOf } from "./dilated.ts";

type Options = Parameters<typeof tf.fused.depthwiseConv2d>[0];
type Fused = (options: Options) => tf.Tensor;

const ACTIVATIONS: Record<string, (x: tf.Tensor, options: Options) => tf.Tensor> = {
  linear: (x) => x,
  relu: (x) => tf.relu(x),
  relu6: (x) => tf.relu6(x),
  elu: (x) => tf.elu(x),
  sigmoid: (x) => tf.sigmoid(x),
  leakyrelu: (x, { leakyreluAlpha }) => tf.leakyRelu(x, leakyreluAlpha),
  prelu: (x, { preluActivationWeights }) => tf.prelu(x, preluActivationWeights!),
};

function composedWhereDilated(fused: Fused, convolve: typeof tf.depthwiseConv2d): Fused {
  return (options) => {
    const { x, filter, strides, pad, dataFormat = "NHWC", dilations, dimRoundingMode, bias } = options;
    const activation = ACTIVATIONS[options.activation ?? "linear"];
    const undilated = ratesOf(dilations, 2).every((rate) => rate === 1);
    if (undilated || dataFormat !== "NHWC" || activation === undefined) return fused(options);
    const result = convolve(x, filter, strides, pad, dataFormat, dilations, dimRoundingMode);
    return activation(bias ? tf.add(result, bias) : result, options);
  };
}

const { conv2d, depthwiseConv2d } = tf.fused;

const replacements = {
  conv2d: composedWhereDilated(conv2d, tf.conv2d),
  depthwiseConv2d: composedWhereDilated(depthwiseConv2d, tf.depthwiseConv2d),
};
// An assignment would throw where the namespace is read-only; this leaves it alone.
for (const [name, fused] of Object.entries(replacements)) Reflect.set(tf.fused, name, fused);
