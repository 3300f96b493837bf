/**
 * Operators on single elements, which do not care about layouts.
 *
 * @module
 */
import { reshape } from "../arrange.ts";
import { type Node, sizeOf, type Value } from "../graph.ts";
import type { Layouts } from "./layouts.ts";

const OPERATORS: ReadonlySet<string> = new Set([
  ...[
    "Abs",
    "Cast",
    "Ceil",
    "Clip",
    "Cos",
    "Elu",
    "Erf",
    "Exp",
    "Floor",
    "HardSigmoid",
    "LeakyRelu",
    "Log",
    "Neg",
    "Not",
  ],
  ...["Reciprocal", "Relu", "Round", "Selu", "Sigmoid", "Sign", "Sin", "Softplus", "Sqrt", "Tanh"],
  ...[
    "Add",
    "And",
    "Div",
    "Equal",
    "Greater",
    "GreaterOrEqual",
    "Less",
    "LessOrEqual",
    "Max",
    "Min",
    "Mul",
    "Or",
    "Pow",
    "Sub",
  ],
  ...["Where", "Xor"],
]);

/** Writes an operator on blocks where one of its inputs is there in blocks and all others can be; false elsewhere. */
export function blockElementwise(node: Node, layouts: Layouts): boolean {
  const [output] = node.outputs, { operator, attributes } = node;
  if (
    !OPERATORS.has(operator) || !layouts.fits(output.shape) ||
    !node.inputs.some((input) => layouts.isBlocked(input))
  ) {
    return false;
  }
  const inputs = node.inputs.map((input) => operand(input, output.shape[1], layouts));
  if (!inputs.every((input) => input !== undefined)) return false;
  const [batch, channels, height, width] = output.shape, block = layouts.block!;
  const shape = [batch, channels / block, height, width, block];
  const blocked = layouts.graph.emit(operator, inputs, { shape, type: output.type, attributes });
  layouts.set(output, { blocked });
  return true;
}

function operand(old: Value, channels: number, layouts: Layouts): Value | undefined {
  if (layouts.isBlocked(old)) return layouts.blocked(old);
  if (sizeOf(old.shape) === 1) return layouts.plain(old);
  const shape = [...new Array<number>(4 - old.shape.length).fill(1), ...old.shape], { graph } = layouts;
  if (shape[1] === 1) return reshape(graph, layouts.plain(old), [...shape, 1]);
  const isFlat = shape[2] * shape[3] === 1;
  if (shape[1] !== channels || !(isFlat || old.type === "float32")) return undefined;
  return layouts.intoBlocks(reshape(graph, layouts.plain(old), shape));
}
