/**
 * The arm `frozen`.
 *
 * @module
 */
import type { Arm } from "./arm.ts";
import { fitNetwork } from "./network.ts";

/** A head on the features of the pretrained encoder, which stays as it is. */
export const frozen: Arm = {
  fit: (request) => fitNetwork(request, { train: "head" }),
};
