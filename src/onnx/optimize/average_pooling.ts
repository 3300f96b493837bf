/**
 * Average-pooling on blocks of channels.
 *
 * @module
 */
import type { Node } from "../graph/graph.ts";
import type { Layouts } from "./layouts.ts";

/** Writes an average-pooling on blocks; false where it does not qualify. */
export function blockAveragePooling(node: Node, layouts: Layouts): boolean {
  const { inputs: [x], outputs: [output], attributes } = node;
  if (!layouts.isBlocked(x) || !layouts.fits(output.shape) || attributes.ceil_mode === 1) return false;
  const blocked = layouts.emitBlocked("AveragePool", [layouts.blocked(x)], {
    shape: output.shape,
    attributes,
  });
  layouts.set(output, { blocked });
  return true;
}
