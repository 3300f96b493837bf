/**
 * Gradients that TensorFlow.js lacks or has wrong. They hold for every backend once this module is loaded.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { ARRANGEMENT } from "./arrangement.ts";
import { BROADCAST } from "./broadcast.ts";
import { CONVOLUTION } from "./convolution.ts";
import { CUMULATIVE } from "./cumulative.ts";
import { EINSUM } from "./einsum.ts";
import "./fused_convolution.ts";
import { IMAGE } from "./image.ts";
import { NORMALIZATION } from "./normalization.ts";
import { POOLING } from "./pooling.ts";
import { POSITION } from "./position.ts";
import { REDUCTION } from "./reduction.ts";
import type { ReplacedGradient } from "./replaced.ts";
import { STEPWISE } from "./stepwise.ts";

/** The gradients by kernel, each with what is wrong in TensorFlow.js. */
export const REPLACED_GRADIENTS = {
  ...ARRANGEMENT,
  ...BROADCAST,
  ...CONVOLUTION,
  ...CUMULATIVE,
  ...EINSUM,
  ...IMAGE,
  ...NORMALIZATION,
  ...POOLING,
  ...POSITION,
  ...REDUCTION,
  ...STEPWISE,
} as const satisfies Record<string, ReplacedGradient>;

for (const [kernelName, { why: _, ...gradient }] of Object.entries<ReplacedGradient>(REPLACED_GRADIENTS)) {
  tf.registerGradient({ kernelName, ...gradient });
}
