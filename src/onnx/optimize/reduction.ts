/**
 * Reductions of tensors in blocks of channels.
 *
 * @module
 */
import { reshape } from "../graph/arrange.ts";
import type { Node, Value } from "../graph/graph.ts";
import { integersOf } from "../graph/program.ts";
import type { Layouts } from "./layouts.ts";

const OPERATORS: ReadonlySet<string> = new Set(["ReduceMax", "ReduceMean", "ReduceMin", "ReduceSum"]);

/** Writes a reduction along batch, height and width that keeps its axes; false for any other. */
export function blockReduction(node: Node, layouts: Layouts): boolean {
  const { operator, attributes, inputs: [input, given], outputs: [output] } = node;
  if (!OPERATORS.has(operator) || attributes.keepdims !== 1 || !layouts.isBlocked(input)) return false;
  const axes = integersOf(given) ?? attributes.axes as readonly number[] | undefined;
  if (axes === undefined || axes.length === 0 || axes.some((axis) => axis < 0 || axis === 1)) return false;
  // Along height and width first: neighbouring axes are summed fast, axes apart are not.
  const steps = [axes.filter((axis) => axis > 1), axes.filter((axis) => axis === 0)];
  const blocked = steps.filter((step) => step.length > 0).reduce(
    (value, step) => reduced(node, value, step, layouts),
    layouts.blocked(input),
  );
  layouts.set(output, { blocked });
  // Where height and width are 1 the layouts are the same.
  if (output.shape[2] * output.shape[3] === 1) {
    layouts.set(output, { plain: reshape(layouts.graph, blocked, output.shape) });
  }
  return true;
}

function reduced(node: Node, value: Value, axes: readonly number[], { graph }: Layouts): Value {
  const shape = value.shape.map((length, axis) => axes.includes(axis) ? 1 : length);
  if (node.operator === "ReduceSum") {
    return graph.emit("ReduceSum", [value, graph.integers(axes)], { shape, attributes: { keepdims: 1 } });
  }
  return graph.emit(node.operator, [value], { shape, attributes: { axes, keepdims: 1 } });
}
