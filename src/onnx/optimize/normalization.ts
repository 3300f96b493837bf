/**
 * Batch normalization with statistics that are given, on blocks of channels.
 *
 * @module
 */
import { reshape } from "../graph/arrange.ts";
import type { Node } from "../graph/graph.ts";
import { normalizationScale } from "./channel_scales.ts";
import { onBlocks } from "./elementwise.ts";
import type { Layouts } from "./layouts.ts";

/** Writes a normalization as a product and a sum; false where its input is not there in blocks. */
export function blockNormalization(node: Node, layouts: Layouts): boolean {
  const { inputs: [x, ...statistics], outputs: [output], attributes } = node, { graph } = layouts;
  if (!layouts.isBlocked(x) || node.outputs.length > 1) return false;
  const vectors = statistics.map((statistic) => layouts.plain(statistic));
  const { factor, offset } = normalizationScale(graph, vectors, attributes);
  const [factors, offsets] = [factor, offset].map((vector) =>
    layouts.intoBlocks(reshape(graph, vector, [1, x.shape[1], 1, 1]))
  );
  const blocked = layouts.blocked(x), { shape } = blocked;
  const product = onBlocks(graph, "Mul", [blocked, factors], { shape });
  layouts.set(output, { blocked: onBlocks(graph, "Add", [product, offsets], { shape }) });
  return true;
}
