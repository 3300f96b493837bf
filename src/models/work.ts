/**
 * How much an encoder computes, without building it.
 *
 * @module
 */
import { type CnnParameters, cnnSchema, PUBLISHED } from "./cnn_schema.ts";
import type { EncoderSpecification } from "./table.ts";

/**
 * What an element of a layer's output costs beside its multiplications, in multiplications: it is written, activated and read again.
 * From a training step of the published network (337 million multiplications a window) and of one with a quarter of its filters at
 * half the rate (5 million), on one core.
 */
const ELEMENT = 500;

/**
 * What one window's way through the convolutions of an encoder takes, in multiplications.
 *
 *   sum over layers of time x channels out x (kernel x channels in + 500)
 *
 * It compares networks with each other and says nothing of seconds by itself. Takes the samples in a window. Undefined for an
 * encoder that is no stack of convolutions.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const encoder = {
 *   kind: "cnn", pool: { size: 2, stride: 2 }, leak: 0.2,
 *   blocks: [{ filters: 4, kernel: 8, layers: 1 }, { filters: 2, kernel: 3, layers: 2 }],
 * } as const;
 * const layers = [10 * 4 * (8 * 1 + 500), 5 * 2 * (3 * 4 + 500), 5 * 2 * (3 * 2 + 500)];
 * assert.equal(encoderWork(encoder, 10), layers[0] + layers[1] + layers[2]);
 * ```
 */
export function encoderWork(
  { kind, ...parameters }: EncoderSpecification,
  samples: number,
): number | undefined {
  const convolutions = CONVOLUTIONS[kind];
  if (convolutions === undefined) return undefined;
  const { blocks, pool } = convolutions(parameters);
  let time = samples, channels = 1, work = 0;
  blocks.forEach(({ filters, kernel, layers }, index) => {
    if (index > 0) time = Math.floor((time - pool.size) / pool.stride) + 1;
    for (let layer = 0; layer < layers; layer++) {
      work += time * filters * (kernel * channels + ELEMENT);
      channels = filters;
    }
  });
  return work;
}

/** The convolutions of encoders, from their parameters in a manifest that has been checked. */
const CONVOLUTIONS: Partial<
  Record<EncoderSpecification["kind"], (parameters: unknown) => Pick<CnnParameters, "blocks" | "pool">>
> = {
  cnn: (parameters) => cnnSchema.parse(parameters),
  "sarkar-cnn": () => PUBLISHED,
};
