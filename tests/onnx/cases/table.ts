/** All operations on small inputs that lowerings are tested with, by the kernel that they use. */
import type { Case } from "../reference.ts";
import { CASES as arrangement } from "./arrangement.ts";
import { CASES as convolution } from "./convolution.ts";
import { CASES as depthwiseConvolution } from "./depthwise_convolution.ts";
import { CASES as dilatedConvolution } from "./dilated_convolution.ts";
import { CASES as elementwise } from "./elementwise.ts";
import { CASES as fusedConvolution } from "./fused_convolution.ts";
import { CASES as image } from "./image.ts";
import { CASES as normalization } from "./normalization.ts";
import { CASES as pooling } from "./pooling.ts";
import { CASES as position } from "./position.ts";
import { CASES as reduction } from "./reduction.ts";
import { CASES as volumeConvolution } from "./volume_convolution.ts";

export const CASES: Readonly<Record<string, readonly Case[]>> = {
  ...elementwise,
  ...arrangement,
  ...reduction,
  ...convolution,
  ...depthwiseConvolution,
  ...volumeConvolution,
  ...dilatedConvolution,
  ...fusedConvolution,
  ...normalization,
  ...pooling,
  ...image,
  ...position,
};
