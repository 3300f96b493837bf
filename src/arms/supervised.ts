/**
 * The arm `supervised`.
 *
 * @module
 */
import type { Arm } from "./arm.ts";
import { fitNetwork } from "./network.ts";

/** Labels alone: the whole network, from its first weights. */
export const supervised: Arm = {
  fit: (request) => fitNetwork(request, { train: "all" }),
};
