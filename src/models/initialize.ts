/**
 * First weights, drawn from named streams.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Stream } from "../random/stream.ts";
import { namedWeights, setVariable } from "./weights.ts";

/**
 * Gives a model its first weights: kernels uniform within ±√(6 / (fan in + fan out)), all else zero.
 *
 * Fans count the taps of a convolution: a kernel `[taps, in, out]` has fan in `taps · in` and fan out `taps · out`. Each weight
 * is drawn from the child of `stream` that has its name, so a further layer changes no other. (The initializers of tfjs
 * ignore their seed.)
 *
 * Source: Glorot and Bengio (2010), equation 16, the default of the authors' dense and convolution layers.
 */
export function initializeWeights(model: tf.LayersModel, stream: Stream): void {
  for (const [name, variable] of Object.entries(namedWeights(model))) {
    const values = new Float32Array(variable.size);
    if (name.endsWith("/kernel")) {
      const [outputs, inputs, ...taps] = variable.shape.toReversed();
      const limit = Math.sqrt(
        6 / (taps.reduce((product, length) => product * length, 1) * (inputs + outputs)),
      );
      const numbers = stream.child(name);
      for (let index = 0; index < values.length; index++) values[index] = limit * (2 * numbers.uniform() - 1);
    }
    setVariable(variable, values);
  }
}
