/**
 * Models of layers as ONNX files.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { uniqueName } from "../graph/names.ts";
import { failedPath } from "../recording/layers.ts";
import { exportOnnx, type OpenSignature } from "./export.ts";
import { describeLayers, layerName, type LayerNames, nameLayers } from "./layer_names.ts";
import { compressOnnx } from "./weights/compress.ts";
import { type WeightFormat, WEIGHTS_KEY } from "./weights/formats.ts";

/** The key of the metadata that holds the layers of the model, as `toJSON` of TensorFlow.js gives them. */
export const LAYERS_KEY = "layers";

/** What goes into a file beside the model. */
export interface ExportModelOptions {
  /** Texts that travel with the model. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** What the model is, in a sentence or more, for those who open it in a viewer. */
  readonly description?: string;
  /** How the file holds the weights; see {@linkcode compressOnnx}. Default `float32`. */
  readonly weights?: WeightFormat;
}

/**
 * The bytes of an ONNX model (opset 17, IR version 8) of any model of layers; equal models give equal bytes.
 *
 * The file computes what `model.predict` does, dropout off, for a batch of any size. Inputs are called after the input layers, outputs
 * after the layers that give them, weights and nodes after their layers: `encoder/conv1/kernel`, `encoder/conv1/Conv`. A layer that
 * nobody named is called after its class, `conv1d`, `conv1d_2`. The metadata hold the layers too, so that `loadTrained` can build the
 * model again.
 *
 * Throws RangeError for a model without inputs, with an axis besides the batch that has no length, with a layer that keeps state from
 * batch to batch, or with a kernel that has no lowering (the error names the layer), for metadata that hold the key `layers` or
 * `weights`, and for weights that the format can't hold.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { readOnnx } from "./export.ts";
 * const model = tf.sequential({ layers: [tf.layers.dense({ name: "logits", units: 2, inputShape: [3] })] });
 * const { inputs, outputs, weights } = readOnnx(exportModel(model, { metadata: { licence: "MIT" } }));
 * assert.deepEqual([inputs, outputs], [{ logits_input: ["batch", 3] }, { logits: ["batch", 2] }]);
 * assert.deepEqual(Object.keys(weights), ["logits/kernel", "logits/bias"]);
 * ```
 */
export function exportModel(model: tf.LayersModel, options: ExportModelOptions = {}): Uint8Array {
  const { metadata = {}, description, weights = "float32" } = options;
  for (const key of [LAYERS_KEY, WEIGHTS_KEY]) {
    if (key in metadata) {
      throw new RangeError(
        `Cannot export the model: its metadata must leave the key "${key}" to the exporter`,
      );
    }
  }
  if (!(model.inputs?.length > 0)) {
    throw new RangeError(
      `Cannot export the model: it must have inputs, got none for "${model.name}"; add a layer with an inputShape`,
    );
  }
  const names = nameLayers(model), layers = describeLayers(model);
  refuseState(names);
  const inputs = namesOf(model.inputs, names), outputs = namesOf(model.outputs, names);
  const program = (given: Record<string, tf.Tensor>) => {
    const results = [model.apply(inputs.map((name) => given[name]))].flat();
    return Object.fromEntries(results.map((result, index) => [outputs[index], result as tf.Tensor]));
  };
  const bytes = namingLayers(names, () =>
    exportOnnx(program, {
      inputs: Object.fromEntries(
        model.inputs.map((input, index) => [inputs[index], signatureOf(input, inputs[index])]),
      ),
      weights: names.weights,
      layers: names.layers,
      name: String(layers.config.name),
      description,
      metadata: { ...metadata, [LAYERS_KEY]: JSON.stringify(layers) },
    }));
  return compressOnnx(bytes, { weights });
}

/** Runs `fn`, and says of an error in which layer it was thrown. */
function namingLayers<T>({ layers }: LayerNames, fn: () => T): T {
  try {
    return fn();
  } catch (error) {
    const path = error instanceof Error ? failedPath(error, layers) : "";
    if (!(error instanceof Error) || path === "") throw error;
    throw new RangeError(`Cannot export the layer "${path}": ${error.message}`, { cause: error });
  }
}

/** The name of the layer that each tensor comes from; a layer that gives several counts them. */
function namesOf(tensors: readonly tf.SymbolicTensor[], names: LayerNames): string[] {
  const taken = new Map<string, number>();
  return tensors.map(({ sourceLayer }) => uniqueName(layerName(sourceLayer, names), taken));
}

function signatureOf({ shape: [batch, ...row], dtype }: tf.SymbolicTensor, name: string): OpenSignature {
  if (row.includes(null)) {
    throw new RangeError(
      `Cannot export the model: each axis but the batch must have a length, got [${
        ["batch", ...row.map((length) => length ?? "?")].join(", ")
      }] for the input "${name}"; build the model with the length of what it will be given`,
    );
  }
  if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool") {
    throw new TypeError(
      `Cannot export the model: an input must be float32, int32 or bool, got ${dtype} for "${name}"`,
    );
  }
  return { shape: [batch, ...row], dtype };
}

function refuseState({ layers }: LayerNames): void {
  for (const [layer, name] of layers) {
    if (!layer.stateful) continue;
    throw new RangeError(
      `Cannot export the layer "${name}": it must not keep state from batch to batch, got stateful: true`,
    );
  }
}
