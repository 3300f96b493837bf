/**
 * The arm `finetuned`.
 *
 * @module
 */
import type { Arm } from "./arm.ts";
import { fitNetwork } from "./network.ts";

/** The whole network, its encoder pretrained. */
export const finetuned: Arm = {
  fit: (request) => fitNetwork(request, { train: "all" }),
};
