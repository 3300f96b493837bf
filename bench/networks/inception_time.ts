/**
 * InceptionTime.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { forward } from "../../src/models/forward.ts";
import { namedWeights } from "../../src/models/weights.ts";
import type { NetworkDescription } from "./network.ts";

const SAMPLES = 1000, CLASSES = 7;
const DEPTH = 6, FILTERS = 32, BOTTLENECK = 32, KERNELS = [40, 20, 10];
/** The defaults of Keras, in which the authors wrote it. */
const EPSILON = 1e-3, MOMENTUM = 0.99;

/**
 * One network of the published ensemble: six modules of three convolutions and a pooling side by side, behind a bottleneck; batch
 * normalization after each, and a shortcut around every third.
 *
 * Source: Ismail Fawaz et al. (2020), "InceptionTime: Finding AlexNet for time series classification", and the authors' code.
 */
export const inceptionTime: NetworkDescription = {
  about: "InceptionTime, windows of 1000 samples",
  samples: SAMPLES,
  classes: CLASSES,
  pytorchForms: ["conv1d", "conv2d"],
  build() {
    const windows = tf.input({ name: "windows", shape: [SAMPLES, 1] });
    let signal = windows, shortcut = windows;
    for (let module = 1; module <= DEPTH; module++) {
      signal = inception(signal, `module${module}`);
      if (module % 3 !== 0) continue;
      const name = `shortcut${module / 3}`;
      const passed = normalized(convolved(shortcut, { name, filters: 4 * FILTERS, kernel: 1 }), name);
      signal = rectified(apply(tf.layers.add({ name: `${name}_sum` }), [passed, signal]), name);
      shortcut = signal;
    }
    const features = apply(tf.layers.globalAveragePooling1d({ name: "mean" }), signal);
    const logits = apply(tf.layers.dense({ name: "logits", units: CLASSES }), features);
    const model = tf.model({ name: "inception_time", inputs: windows, outputs: logits });
    return {
      weights: namedWeights(model),
      logits: (rows, { training }) => forward(model, { rows, training }),
    };
  },
};

function inception(signal: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  const narrow = signal.shape[2] === 1
    ? signal
    : convolved(signal, { name: `${name}_bottleneck`, filters: BOTTLENECK, kernel: 1 });
  const pooled = apply(
    tf.layers.maxPooling1d({ name: `${name}_maximum`, poolSize: 3, strides: 1, padding: "same" }),
    signal,
  );
  const branches = [
    ...KERNELS.map((kernel, index) =>
      convolved(narrow, { name: `${name}_conv${index + 1}`, filters: FILTERS, kernel })
    ),
    convolved(pooled, { name: `${name}_pooled`, filters: FILTERS, kernel: 1 }),
  ];
  const joined = apply(tf.layers.concatenate({ name: `${name}_branches`, axis: 2 }), branches);
  return rectified(normalized(joined, name), name);
}

function convolved(
  signal: tf.SymbolicTensor,
  { name, filters, kernel }: { name: string; filters: number; kernel: number },
): tf.SymbolicTensor {
  return apply(
    tf.layers.conv1d({ name, filters, kernelSize: kernel, padding: "same", useBias: false }),
    signal,
  );
}

function normalized(signal: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  return apply(
    tf.layers.batchNormalization({ name: `${name}_norm`, epsilon: EPSILON, momentum: MOMENTUM }),
    signal,
  );
}

function rectified(signal: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  return apply(tf.layers.reLU({ name: `${name}_relu` }), signal);
}

/** A layer on symbolic tensors; tfjs types the result as all that any layer can give. */
function apply(
  layer: tf.layers.Layer,
  input: tf.SymbolicTensor | tf.SymbolicTensor[],
): tf.SymbolicTensor {
  return layer.apply(input) as tf.SymbolicTensor;
}
