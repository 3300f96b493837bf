/**
 * Borders of one number around a tensor.
 *
 * @module
 */
import type { Graph, Value } from "../graph/graph.ts";

/** Puts a border before and after a value along an axis. ONNX Runtime's Concat, unlike its Pad, has threads. */
export function bordered(
  graph: Graph,
  value: Value,
  { axis, before, after, fill = 0 }: {
    readonly axis: number;
    readonly before: number;
    readonly after: number;
    readonly fill?: number;
  },
): Value {
  if (before === 0 && after === 0) return value;
  const withLength = (length: number) => value.shape.map((own, place) => place === axis ? length : own);
  const border = (length: number) => {
    const shape = withLength(length);
    return length === 0 ? [] : [graph.emit("Expand", [graph.scalar(fill), graph.integers(shape)], { shape })];
  };
  return graph.emit("Concat", [...border(before), value, ...border(after)], {
    shape: withLength(before + value.shape[axis] + after),
    attributes: { axis },
  });
}
