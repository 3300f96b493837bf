/**
 * The parameters of the encoder `cnn`.
 *
 * @module
 */
import { z } from "zod";

const count = z.int().positive();

/** Parameters of `cnn`; the defaults are the network of Sarkar and Etemad with half the filters and twice the pooling stride. */
export const cnnSchema = z.strictObject({
  blocks: z.array(z.strictObject({
    filters: count.describe("Filters of each convolution."),
    kernel: count.describe("Length of each kernel, in samples of that block's input."),
    layers: count.default(2).describe("Convolutions in the block."),
  })).min(1).default([
    { filters: 16, kernel: 32, layers: 2 },
    { filters: 32, kernel: 16, layers: 2 },
    { filters: 64, kernel: 8, layers: 2 },
  ]).describe("Blocks of convolutions; max-pooling between them, global max-pooling after the last."),
  pool: z.strictObject({
    size: count.default(8).describe("Samples under one maximum."),
    stride: count.default(4).describe("Samples from one maximum to the next."),
  }).prefault({}).describe("Max-pooling between blocks, without padding."),
  leak: z.number().min(0).max(1).default(0.2).describe("Slope of the activation below zero."),
});

/** Parameters of `cnn` with every default filled in. */
export type CnnParameters = z.output<typeof cnnSchema>;

/** The network of Sarkar and Etemad (2020). */
export const PUBLISHED: CnnParameters = {
  blocks: [
    { filters: 32, kernel: 32, layers: 2 },
    { filters: 64, kernel: 16, layers: 2 },
    { filters: 128, kernel: 8, layers: 2 },
  ],
  pool: { size: 8, stride: 2 },
  leak: 0.2,
};
