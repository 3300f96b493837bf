/**
 * Models out of ONNX files, for further training.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { OnnxContents } from "../onnx/files/export.ts";
import { LAYERS_KEY } from "../onnx/files/export_model.ts";
import { nameLayers } from "../onnx/files/layer_names.ts";
import { WEIGHTS_KEY } from "../onnx/files/weights/formats.ts";
import { isConstantName } from "../onnx/graph/names.ts";
import { type Architecture, ARCHITECTURE_KEY, buildNetwork } from "./architecture.ts";
import { contentsOf } from "./onnx_file.ts";
import { buildEncoder } from "./table.ts";
import { assignWeights, loadWeights, namedWeights } from "./weights.ts";

/** A model that was loaded. */
export interface Trained {
  /** Built anew, with the weights of the file; it can be trained on. */
  readonly model: tf.LayersModel;
  /** The texts that travelled with it. */
  readonly metadata: Readonly<Record<string, string>>;
  /** What the file could not keep, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Builds the model in an ONNX file again, with its weights.
 *
 * Files of `exportModel` hold their layers: the model is that which was exported, but for layers that nobody had named, which have the
 * names of the file; to export it again gives the same bytes. Files of runs hold an architecture: an encoder is a model from `windows`
 * to features, a classifier one from `windows` to `probabilities`, whose parts are `getLayer("encoder")` and `getLayer("head")`. Weights
 * that are stored as float16 or int8 become float32 again; what rounding took from those of int8 is lost, which the notes say.
 *
 * Layers of your own must be registered before (`tf.serialization.registerClass`).
 *
 * Throws SyntaxError for what is no ONNX file, RangeError for one whose metadata don't say how the model is built (a file of another
 * program), for a layer of an unknown class, and for a weight that is missing; TypeError for one of another shape.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { exportModel } from "../onnx/files/export_model.ts";
 * const trained = tf.sequential({ layers: [tf.layers.dense({ name: "logits", units: 2, inputShape: [3] })] });
 * const file = exportModel(trained, { metadata: { licence: "MIT" } });
 * const { model, metadata } = await loadTrained(file);
 * assert.deepEqual(model.getWeights()[0].dataSync(), trained.getWeights()[0].dataSync());
 * assert.deepEqual(exportModel(model, { metadata }), file);
 * ```
 */
export async function loadTrained(bytes: Uint8Array): Promise<Trained> {
  const contents = contentsOf(bytes, { action: "load the model" }),
    { [WEIGHTS_KEY]: _, ...texts } = contents.metadata;
  const { [LAYERS_KEY]: layers, ...metadata } = texts;
  if (layers !== undefined) {
    const model = await buildLayers(layers);
    const { weights } = nameLayers(model);
    assignWeights(weights, contents.weights);
    return { model, metadata, notes: notesOf(Object.keys(weights), contents) };
  }
  if (metadata[ARCHITECTURE_KEY] !== undefined) {
    const { model, weights } = await buildArchitecture(metadata[ARCHITECTURE_KEY], contents);
    return { model, metadata, notes: notesOf(weights, contents) };
  }
  const keys = Object.keys(metadata).join(", ") || "none";
  throw new RangeError(
    `Cannot load the model: its metadata must say how it is built, as "${LAYERS_KEY}" (exportModel writes it) or "${ARCHITECTURE_KEY}" ` +
      `(runs write it), got a file of ${
        contents.producer || "an unknown program"
      } with the metadata ${keys}; ` +
      "a graph alone can be run by openSession, not trained",
  );
}

async function buildLayers(text: string): Promise<tf.LayersModel> {
  try {
    return await tf.models.modelFromJSON(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const [, name] = error.message.match(/^Unknown layer: (\w+)/) ?? [];
    throw new RangeError(
      name === undefined
        ? `Cannot load the model: its layers must be as toJSON of TensorFlow.js gives them, got: ${error.message}`
        : `Cannot load the model: the class of each layer must be known, got ${name}; register it with ` +
          "tf.serialization.registerClass before",
      { cause: error },
    );
  }
}

/** The parts that runs make, put together under the names of a run's file. */
async function buildArchitecture(
  text: string,
  { weights }: OnnxContents,
): Promise<{ model: tf.LayersModel; weights: string[] }> {
  const architecture: Architecture = JSON.parse(text);
  if (architecture.head === undefined) {
    const model = await buildEncoder(architecture.encoder, architecture);
    loadWeights(model, weights);
    return { model, weights: Object.keys(namedWeights(model)) };
  }
  const { encoder, head } = await buildNetwork(architecture);
  const windows = tf.input({ name: "windows", shape: [architecture.samples, 1] });
  const outputs = [encoder, head, tf.layers.softmax({ name: "probabilities" })].reduce(
    // tfjs types the result as all that any layer can give.
    (signal, layer) => layer.apply(signal) as tf.SymbolicTensor,
    windows,
  );
  for (const part of [encoder, head]) loadWeights(part, weights);
  return {
    model: tf.model({ name: "classifier", inputs: windows, outputs }),
    weights: [encoder, head].flatMap((part) => Object.keys(namedWeights(part))),
  };
}

function notesOf(used: readonly string[], { weights }: OnnxContents): string[] {
  const notes: string[] = [], rounded = used.filter((name) => weights[name].format === "int8").length;
  if (rounded > 0) {
    notes.push(
      `${rounded} of ${used.length} weights were stored as int8: what rounding took from them is lost`,
    );
  }
  const others = Object.keys(weights).filter((name) => !used.includes(name) && !isConstantName(name));
  if (others.length > 0) notes.push(`weights of other parts were left out: ${others.join(", ")}`);
  return notes;
}
