/**
 * The largest elements.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { cast } from "../graph/arrange.ts";
import { type Call, filled, type Operand, plain, plainValue } from "../graph/operand.ts";

/** The `k` largest elements of the last axis from the largest down, and where they are; of equals the first comes first. */
export function largestElements({ graph, inputs: { x }, attributes: { k } }: Call<tf.TopKAttrs>): Operand[] {
  const shape = x.shape.with(-1, k);
  if (shape.includes(0)) return [filled(0, shape, x.dtype), filled(0, shape, "int32")];
  const type = x.dtype === "bool" ? "int32" : x.dtype;
  const inputs = [cast(graph, plainValue(graph, x), type), graph.integers([k])];
  const [values, positions] = graph.emitSeveral("TopK", inputs, [
    { shape, attributes: { axis: -1, largest: 1, sorted: 1 } },
    { shape, type: "int64" },
  ]);
  return [plain(cast(graph, values, x.dtype)), plain(cast(graph, positions, "int32"))];
}
