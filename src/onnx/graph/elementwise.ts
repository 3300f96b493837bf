/**
 * Operators that work on each element, in whichever layout their operands have.
 *
 * @module
 */
import { broadcast, cast, expand, reshape, unexpanded } from "./arrange.ts";
import { type Graph, sameShape, type Value } from "./graph.ts";
import {
  channelsFirst,
  channelsFirstShape,
  channelsFirstValue,
  isChannelsFirst,
  type Operand,
  plain,
  plainValue,
  prefixed,
} from "./operand.ts";

/**
 * Computes element by element with broadcasting.
 *
 * `compute` gets one value for each operand and may emit several nodes. Operands that hold one number come as a scalar when the
 * others give the whole shape: zeros the size of an activation would otherwise be stored in the graph. What is repeated along an axis
 * comes as it was before; where all operands are, the result is repeated in their place.
 */
export function elementwise(
  graph: Graph,
  operands: readonly Operand[],
  compute: (values: readonly Value[]) => Value,
): Operand {
  const shape = operands.map((operand) => operand.shape).reduce(broadcast);
  if (operands.some((operand) => operand.content.kind === "prefixed" && sameShape(operand.shape, shape))) {
    return prefixed(
      elementwise(graph, operands.map((operand) => behindPrefix(graph, operand, shape.length)), compute),
    );
  }
  const varying = operands.filter((operand) => operand.content.kind !== "filled");
  const covered = varying.length > 0 &&
    sameShape(varying.map((operand) => operand.shape).reduce(broadcast), shape);
  const first = operands.some((operand) => isChannelsFirst(operand) && sameShape(operand.shape, shape));
  const values = operands.map((operand) => {
    if (operand.content.kind === "filled" && covered) {
      return graph.scalar(operand.content.number, operand.dtype);
    }
    return first ? broadcastChannelsFirst(graph, operand, shape.length) : plainValue(graph, operand);
  });
  const result = expand(graph, compute(values.map(unexpanded)), first ? channelsFirstShape(shape) : shape);
  return first ? channelsFirst(result, shape) : plain(result);
}

/** One operand, element by element. */
export function mapValue(graph: Graph, operand: Operand, compute: (value: Value) => Value): Operand {
  return elementwise(graph, [operand], ([value]) => compute(value));
}

/** ONNX computes on bool only with logic; TensorFlow.js counts it as 0 and 1. */
export function numeric(graph: Graph, value: Value): Value {
  return value.type === "bool" ? cast(graph, value, "int32") : value;
}

/** An operand without the first of `rank` axes, whose length is 1. */
function behindPrefix(graph: Graph, operand: Operand, rank: number): Operand {
  const { content, shape } = operand;
  if (content.kind === "prefixed") return content.rest;
  if (shape.length < rank) return operand;
  if (content.kind === "filled" || content.kind === "constant") return { ...operand, shape: shape.slice(1) };
  return plain(reshape(graph, plainValue(graph, operand), shape.slice(1)));
}

function broadcastChannelsFirst(graph: Graph, operand: Operand, rank: number): Value {
  const { shape } = operand;
  if (shape.length === rank) return channelsFirstValue(graph, operand);
  if (shape.length === 0) return plainValue(graph, operand);
  const padded = [...new Array<number>(rank - shape.length).fill(1), ...shape];
  const ones = padded.filter((length) => length !== 1).length <= 1;
  const value = plainValue(graph, operand);
  if (ones) return reshape(graph, value, channelsFirstShape(padded));
  return channelsFirstValue(graph, plain(reshape(graph, value, padded)));
}
