/**
 * Operators on single elements, which do not care about layouts.
 *
 * @module
 */
import { expand, reshape } from "../graph/arrange.ts";
import { type Graph, type Node, type NodeOptions, sameShape, sizeOf, type Value } from "../graph/graph.ts";
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
  const blocked = onBlocks(layouts.graph, operator, inputs, {
    shape: blockedShape(output.shape, layouts.block!),
    type: output.type,
    attributes,
  });
  layouts.set(output, { blocked });
  return true;
}

/** The five axes of a tensor in blocks. */
function blockedShape([batch, channels, height, width]: readonly number[], block: number): number[] {
  return [batch, channels / block, height, width, block];
}

/** Emits an operator on operands in blocks, or with a number for each channel, or with one alone. */
export function onBlocks(
  graph: Graph,
  operator: string,
  inputs: readonly Value[],
  { shape, type, attributes }: Omit<NodeOptions, "domain">,
): Value {
  const long = stretched(graph, inputs, shape);
  const value = graph.emit(operator, long.inputs, { shape: long.shape, type, attributes });
  return reshape(graph, value, shape);
}

/** The most pixels that a stretch has. */
const LONGEST = 128;

/**
 * The operands under shapes in which a number for each channel comes again in longer stretches: ONNX Runtime goes through a broadcast
 * stretch by stretch, and a block of channels is too short a one.
 */
function stretched(
  graph: Graph,
  inputs: readonly Value[],
  shape: readonly number[],
): { readonly inputs: readonly Value[]; readonly shape: readonly number[] } {
  const [batch, blocks, height, width, block] = shape, pixels = height * width;
  const isWhole = (input: Value) => sameShape(input.shape, shape),
    isScalar = (input: Value) => sizeOf(input.shape) === 1;
  const isFlat = (input: Value) =>
    input.shape.length === 5 && input.shape[2] * input.shape[3] === 1 && input.shape[4] === block;
  const pays = pixels > 1 && inputs.some(isFlat) &&
    inputs.every((input) => isWhole(input) || isFlat(input) || isScalar(input));
  const stretch = pays ? largestDivisor(pixels, LONGEST) : 1;
  if (stretch === 1) return { inputs, shape };
  const long = [batch, blocks, 1, pixels / stretch, stretch * block];
  return {
    shape: long,
    inputs: inputs.map((input) => {
      if (isScalar(input)) return input;
      if (isWhole(input)) return reshape(graph, input, long);
      const [own, channels] = input.shape;
      const repeated = expand(graph, input, [own, channels, 1, stretch, block]);
      return reshape(graph, repeated, [own, channels, 1, 1, stretch * block]);
    }),
  };
}

function largestDivisor(length: number, limit: number): number {
  let divisor = Math.min(length, limit);
  while (length % divisor !== 0) divisor--;
  return divisor;
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
