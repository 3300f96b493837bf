/**
 * The encoders.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { z } from "zod";
import { loadPlugin, type Plugin, type Specification } from "../manifest/plugin.ts";
import { cnnSchema } from "./cnn_schema.ts";
import type { Encoder, WindowShape } from "./encoder.ts";

/** Every encoder by its `kind` in a manifest. */
export const ENCODERS = {
  "sarkar-cnn": {
    schema: z.strictObject({}),
    load: async () => (await import("./sarkar_cnn.ts")).sarkarCnn,
  },
  cnn: {
    schema: cnnSchema,
    load: async () => (await import("./cnn.ts")).cnn,
  },
} as const satisfies Record<string, Plugin<z.ZodObject, Encoder<unknown>>>;

/** The name of an encoder. */
export type EncoderKind = keyof typeof ENCODERS;

/** An encoder as a manifest gives it: its kind and its own parameters; defaults are filled in where they are missing. */
export type EncoderSpecification = Specification<EncoderKind>;

/**
 * Builds the encoder that a manifest asks for, `[batch, time, 1]` to `[batch, features]`, with every weight zero.
 *
 * Throws RangeError for a name that is no encoder, and for windows that the encoder can't read.
 */
export async function buildEncoder(
  specification: EncoderSpecification,
  shape: WindowShape,
): Promise<tf.LayersModel> {
  const loaded = await loadPlugin<Encoder<unknown>>(ENCODERS, { what: "encoder", specification });
  return loaded.implementation.build(loaded.parameters, shape);
}
