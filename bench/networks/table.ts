/**
 * The networks that are benchmarked.
 *
 * @module
 */
import { inceptionTime } from "./inception_time.ts";
import type { NetworkDescription } from "./network.ts";
import { paper } from "./paper.ts";
import { transformer } from "./transformer.ts";

/** Every network by its name. */
export const NETWORKS = {
  paper,
  "inception-time": inceptionTime,
  transformer,
} as const satisfies Record<string, NetworkDescription>;

/** The name of a network. */
export type NetworkName = keyof typeof NETWORKS;
