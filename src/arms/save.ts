/**
 * The file of a classifier.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type Architecture, ARCHITECTURE_KEY, type Network } from "../models/architecture.ts";
import { forward } from "../models/forward.ts";
import { namedWeights } from "../models/weights.ts";
import { exportOnnx } from "../onnx/files/export.ts";
import type { ArmRequest } from "./arm.ts";

/** The key of the metadata that holds the names of the classes as JSON. */
export const CLASSES_KEY = "classes";

/** The probabilities of the classes, `[batch, classes]`, from windows `[batch, time, 1]`; dropout is off. */
export function probabilities({ encoder, head }: Network, windows: tf.Tensor): tf.Tensor2D {
  return tf.softmax(forward(head, { rows: forward(encoder, { rows: windows }) }));
}

/** Encoder and head as one file, `windows` to `probabilities`. */
export function saveClassifier(
  network: Network,
  { architecture, request }: { architecture: Architecture; request: ArmRequest },
): Uint8Array {
  return exportOnnx(({ windows }) => ({ probabilities: probabilities(network, windows) }), {
    inputs: { windows: [null, architecture.samples, 1] },
    weights: { ...namedWeights(network.encoder), ...namedWeights(network.head) },
    metadata: {
      ...request.metadata,
      [ARCHITECTURE_KEY]: JSON.stringify(architecture),
      [CLASSES_KEY]: JSON.stringify(request.classes),
    },
  });
}
