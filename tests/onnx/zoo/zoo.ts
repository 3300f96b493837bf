/** Models of every kind that people build of layers, small but for the published network. */
import * as tf from "@tensorflow/tfjs";
import { floatsOf, numbersOf } from "../reference.ts";
import { IMAGE_NETWORKS } from "./image_networks.ts";
import type { ZooModel } from "./model.ts";
import { RECURRENT_NETWORKS } from "./recurrent_networks.ts";
import { SIGNAL_NETWORKS } from "./signal_networks.ts";
import { VECTOR_NETWORKS } from "./vector_networks.ts";

/** The models by what they are. */
export const ZOO: Readonly<Record<string, ZooModel>> = {
  ...SIGNAL_NETWORKS,
  ...RECURRENT_NETWORKS,
  ...IMAGE_NETWORKS,
  ...VECTOR_NETWORKS,
};

/** Gives every weight numbers of its own that depend on its place and shape alone; variances are positive. */
export function fill(model: tf.LayersModel): tf.LayersModel {
  model.weights.forEach((weight, index) => {
    const { shape } = weight, isVariance = weight.originalName.endsWith("moving_variance");
    const limit = 1.5 /
      Math.sqrt(Math.max(1, shape.slice(0, -1).reduce((size: number, length) => size * length!, 1)));
    const values = floatsOf({
      shape: [index + 1, ...shape as number[]],
      from: isVariance ? 0.5 : -limit,
      to: isVariance ? 1.5 : limit,
    });
    const size = values.length / (index + 1);
    tf.tidy(() => {
      weight.write(tf.tensor(values.subarray(index * size), shape as number[]));
    });
  });
  return model;
}

/** Numbers for each input of a model, `rows` of them; a third of the steps of a signal are zero, symbols are whole numbers. */
export function inputsOf(model: tf.LayersModel, rows: number) {
  const areSymbols = model.layers.some((layer) => layer.getClassName() === "Embedding");
  return model.inputs.map(({ shape: [, ...row], dtype }) => {
    const shape = [rows, ...row as number[]], width = shape.at(-1)!;
    const symbols = numbersOf({ shape, from: 0, to: 7.9, dtype: "int32" });
    if (areSymbols) return { shape, dtype, values: dtype === "int32" ? symbols : Float32Array.from(symbols) };
    const values = floatsOf({ shape });
    if (shape.length === 3 && width > 1) {
      for (let step = 0; step < values.length / width; step += 3) {
        values.fill(0, step * width, (step + 1) * width);
      }
    }
    return { shape, dtype, values };
  });
}
