/**
 * The arm `random-frozen`.
 *
 * @module
 */
import type { Arm } from "./arm.ts";
import { fitNetwork } from "./network.ts";

/** A head on the features of an encoder with its first weights: what the architecture gives without any training. */
export const randomFrozen: Arm = {
  fit: (request) => fitNetwork(request, { train: "head" }),
};
