/**
 * The transformations that a network learns to recognise.
 *
 * @module
 */
import { z } from "zod";
import type { Stream } from "../../random/stream.ts";
import { negate } from "./negate.ts";
import { noise } from "./noise.ts";
import { permute } from "./permute.ts";
import { reverse } from "./reverse.ts";
import { scale } from "./scale.ts";
import type { Transformation } from "./transformation.ts";
import { warp } from "./warp.ts";

/** The share of a head in the loss; the published ones by default. */
export const lossWeight = (published: number) =>
  z.number().min(0).default(published).describe("Weight of this head's cross-entropy in the loss.");

/** One row of the table: parameters with the published defaults, and the function. */
export interface TransformationRow<Schema extends z.ZodType> {
  /** Its parameters, and the weight of its head. */
  readonly schema: Schema;
  /** A {@linkcode Transformation}. */
  apply(window: Float32Array, parameters: z.output<Schema>, stream: Stream): Float32Array;
}

const row = <Schema extends z.ZodType>(
  schema: Schema,
  apply: Transformation<z.output<Schema>>,
): TransformationRow<Schema> => ({ schema, apply });

/** Every transformation by name, in the order of the published heads. */
export const TRANSFORMATIONS = {
  noise: row(
    z.strictObject({
      snrDb: z.number().default(15).describe("Signal-to-noise ratio, dB."),
      weight: lossWeight(0.195),
    }),
    noise,
  ),
  scale: row(
    z.strictObject({
      factor: z.number().positive().default(1.1).describe("What every sample is multiplied by."),
      weight: lossWeight(0.195),
    }),
    scale,
  ),
  negate: row(z.strictObject({ weight: lossWeight(0.0125) }), negate),
  reverse: row(z.strictObject({ weight: lossWeight(0.0125) }), reverse),
  permute: row(
    z.strictObject({
      pieces: z.int().min(2).default(20).describe("Equal pieces that change places."),
      weight: lossWeight(0.195),
    }),
    permute,
  ),
  warp: row(
    z.strictObject({
      pieces: z.int().min(1).default(9).describe("Equal pieces that are stretched or squeezed."),
      stretch: z.number().gt(1).default(1.05).describe("How many times longer, or shorter, a piece becomes."),
      weight: lossWeight(0.195),
    }),
    warp,
  ),
} as const;

/** The name of a transformation. */
export type TransformationName = keyof typeof TRANSFORMATIONS;

/** The names in the order of the table. */
export const TRANSFORMATION_NAMES = Object.keys(TRANSFORMATIONS) as TransformationName[];
