/**
 * The arm `supervised-augmented`.
 *
 * @module
 */
import type { Arm } from "./arm.ts";
import { fitNetwork } from "./network.ts";

/** Labels alone, every window of a batch replaced by itself or one of its transformations: what the transformations give without pretraining. */
export const supervisedAugmented: Arm = {
  fit: (request) => fitNetwork(request, { train: "all", augment: true }),
};
