/** All operations on small inputs that lowerings are tested with, by the kernel that they use. */
import { CASES as arrangement } from "./arrangement.ts";
import { CASES as convolution } from "./convolution.ts";
import { CASES as elementwise } from "./elementwise.ts";
import { CASES as image } from "./image.ts";
import { CASES as network } from "./network.ts";
import { CASES as position } from "./position.ts";
import { CASES as reduction } from "./reduction.ts";
import type { Case } from "../reference.ts";

export const CASES: Readonly<Record<string, readonly Case[]>> = {
  ...elementwise,
  ...arrangement,
  ...reduction,
  ...network,
  ...convolution,
  ...image,
  ...position,
};
