/**
 * Normalization with given moments.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { pointwise, reshape } from "../graph/arrange.ts";
import { elementwise } from "../graph/elementwise.ts";
import { type Graph, type Node, sizeOf, type Value } from "../graph/graph.ts";
import {
  type Call,
  channelsFirst,
  channelsFirstValue,
  filled,
  isChannelsFirst,
  knownElements,
  type Operand,
  prefixed,
} from "../graph/operand.ts";

/**
 * `(x - mean) scale / sqrt(variance + epsilon) + offset`
 *
 * ONNX has an operator for it where all but x is constant, as in an exported model, and one where the moments are those of x along its
 * last axis.
 */
export function batchNormalization(call: Call<tf.FusedBatchNormAttrs>): Operand {
  const { graph, inputs, attributes: { varianceEpsilon: epsilon } } = call, { x, mean, variance } = inputs;
  const scale = inputs.scale ?? filled(1, [], "float32"), offset = inputs.offset ?? filled(0, [], "float32");
  const withConstants = normalizedByConstants(graph, [x, scale, offset, mean, variance], epsilon);
  if (withConstants !== undefined) return withConstants;
  return elementwise(graph, [x, mean, variance, scale, offset], ([value, centre, spread, factor, shift]) => {
    const rows = { value, centre, spread, factor, shift };
    if (isOfRows(rows)) return normalizedRows(graph, rows, epsilon);
    const deviation = pointwise(graph, "Sqrt", [pointwise(graph, "Add", [spread, graph.scalar(epsilon)])]);
    const slope = pointwise(graph, "Div", [factor, deviation]);
    const centred = pointwise(graph, "Sub", [value, centre]);
    return pointwise(graph, "Add", [pointwise(graph, "Mul", [centred, slope]), shift]);
  });
}

/** Undefined unless x has channels first and the others are constants, one number for each channel. */
function normalizedByConstants(
  graph: Graph,
  [x, ...vectors]: readonly Operand[],
  epsilon: number,
): Operand | undefined {
  if (x.content.kind === "prefixed") {
    const result = normalizedByConstants(graph, [x.content.rest, ...vectors], epsilon);
    return result && prefixed(result);
  }
  if (!isChannelsFirst(x)) return undefined;
  const value = channelsFirstValue(graph, x);
  const constants = vectors.map((vector) => constantVector(graph, vector, value.shape[1]));
  if (!constants.every((constant) => constant !== undefined)) return undefined;
  const options = { shape: value.shape, attributes: { epsilon } };
  return channelsFirst(graph.emit("BatchNormalization", [value, ...constants], options), x.shape);
}

function constantVector(graph: Graph, operand: Operand, length: number): Value | undefined {
  const { content, shape, dtype } = operand, isVector = sizeOf(shape) === length && shape.at(-1) === length;
  if (content.kind === "plain") {
    return isVector && content.value.constant !== undefined
      ? reshape(graph, content.value, [length])
      : undefined;
  }
  const elements = knownElements(operand);
  if (elements === undefined || !(isVector || content.kind === "filled")) return undefined;
  const numbers = isVector ? elements : new Float32Array(length).fill(elements[0]);
  return graph.constant(numbers, { type: dtype, shape: [length] });
}

interface Rows {
  readonly value: Value;
  readonly centre: Value;
  readonly spread: Value;
  readonly factor: Value;
  readonly shift: Value;
}

/** Whether mean and variance are those of each row of `value`, and the others have one number for each column. */
function isOfRows({ value, centre, spread, factor, shift }: Rows): boolean {
  const columns = value.shape.at(-1)!;
  const isRow = ({ shape }: Value) => sizeOf(shape) === columns && shape.at(-1) === columns;
  const square = meanOfRows(spread), difference = square?.producer?.inputs[0];
  return columns > 1 && isRow(factor) && isRow(shift) && meanOfRows(centre) === value &&
    isNode(square?.producer, "Mul", [difference, difference]) &&
    isNode(difference?.producer, "Sub", [value, centre]);
}

/** What a value is the mean of, along the last axis. */
function meanOfRows({ producer }: Value): Value | undefined {
  if (producer?.operator !== "ReduceMean") return undefined;
  const [value] = producer.inputs;
  return String(producer.attributes.axes) === String(value.shape.length - 1) ? value : undefined;
}

function isNode(node: Node | undefined, operator: string, inputs: readonly (Value | undefined)[]): boolean {
  return node?.operator === operator && inputs.every((input, place) => node.inputs[place] === input);
}

function normalizedRows(graph: Graph, { value, factor, shift }: Rows, epsilon: number): Value {
  const vectors = [factor, shift].map((vector) => reshape(graph, vector, value.shape.slice(-1)));
  return graph.emit("LayerNormalization", [value, ...vectors], {
    shape: value.shape,
    attributes: { axis: -1, epsilon },
  });
}
