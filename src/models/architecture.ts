/**
 * What a network is made of, so that it can be built again from its file.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { buildHead } from "./head.ts";
import { buildEncoder, type EncoderSpecification } from "./table.ts";

/** An encoder and, where there is one, the classifier on it. */
export interface Architecture {
  /** The encoder as the manifest gave it. */
  readonly encoder: EncoderSpecification;
  /** Samples in a window. */
  readonly samples: number;
  /** The rate of the windows. */
  readonly sampleRateHz: number;
  /** The classifier's sizes; absent in the file of an encoder alone. */
  readonly head?: { readonly hidden: readonly number[]; readonly dropout: number; readonly classes: number };
}

/** The key of an ONNX file's metadata that holds its architecture as JSON. */
export const ARCHITECTURE_KEY = "architecture";

/** The two parts of a classifier. */
export interface Network {
  /** Windows to features. */
  readonly encoder: tf.LayersModel;
  /** Features to logits. */
  readonly head: tf.LayersModel;
}

/** Builds a classifier, every weight zero. Throws RangeError for an architecture without a head. */
export async function buildNetwork({ encoder, head, ...shape }: Architecture): Promise<Network> {
  if (head === undefined) {
    throw new RangeError(
      "Cannot build a classifier: its architecture must have a head, got an encoder alone",
    );
  }
  const built = await buildEncoder(encoder, shape);
  return {
    encoder: built,
    head: buildHead({
      features: featuresOf(built),
      hidden: head.hidden,
      outputs: head.classes,
      activation: "relu",
      dropout: head.dropout,
    }),
  };
}

/** How many features an encoder gives. */
export function featuresOf(encoder: tf.LayersModel): number {
  const features = encoder.outputs[0].shape[1];
  if (features === null) throw new TypeError("Cannot use an encoder: its features must be a fixed number");
  return features;
}
