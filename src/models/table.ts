/**
 * The encoders.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { z } from "zod";
import type { Plugin } from "../manifest/plugin.ts";
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
} as const satisfies Record<string, Plugin<z.ZodType, Encoder<unknown>>>;

/** The name of an encoder. */
export type EncoderKind = keyof typeof ENCODERS;

/** An encoder as a manifest gives it: its kind and its own parameters; defaults are filled in where they are missing. */
export interface EncoderSpecification {
  readonly kind: EncoderKind;
  readonly [parameter: string]: unknown;
}

/** Builds the encoder that a manifest asks for, `[batch, time, 1]` to `[batch, features]`, with every weight zero. */
export async function buildEncoder(
  { kind, ...parameters }: EncoderSpecification,
  shape: WindowShape,
): Promise<tf.LayersModel> {
  const plugin: Plugin<z.ZodType, Encoder<unknown>> = ENCODERS[kind];
  return (await plugin.load()).build(plugin.schema.parse(parameters), shape);
}
