/**
 * Whole numbers bit by bit.
 *
 * @module
 */
import { cast, pointwise, reshape } from "../graph/arrange.ts";
import { elementwise } from "../graph/elementwise.ts";
import type { Graph, Value } from "../graph/graph.ts";
import type { Call, Operand } from "../graph/operand.ts";

const WIDTH = 32;

/** The bits that both numbers have; opset 17 has no operator for it, so that they are told apart and put together again. */
export function bitwiseAnd({ graph, inputs: { a, b } }: Call): Operand {
  return elementwise(graph, [a, b], ([left, right]) => {
    const weights = BigInt64Array.from({ length: WIDTH }, (_, bit) => 2n ** BigInt(bit));
    const powers = graph.constant(weights, { type: "int64", shape: [WIDTH] });
    const common = pointwise(graph, "Mul", [bits(graph, left, powers), bits(graph, right, powers)]);
    const parts = pointwise(graph, "Mul", [common, powers]);
    const sum = graph.emit("ReduceSum", [parts, graph.integers([-1])], {
      shape: parts.shape.slice(0, -1),
      attributes: { keepdims: 0 },
    });
    const wrapped = pointwise(graph, "Sub", [sum, graph.scalar(2 ** WIDTH, "int64")]);
    const negative = pointwise(graph, "GreaterOrEqual", [sum, graph.scalar(2 ** (WIDTH - 1), "int64")], {
      type: "bool",
    });
    return cast(graph, pointwise(graph, "Where", [negative, wrapped, sum], { type: "int64" }), "int32");
  });
}

/** 0 and 1 on a last axis of length 32, from the lowest bit; negative numbers are two's complements. */
function bits(graph: Graph, value: Value, powers: Value): Value {
  const column = reshape(graph, cast(graph, value, "int64"), [...value.shape, 1]);
  const complement = pointwise(graph, "Add", [column, graph.scalar(2 ** WIDTH, "int64")]);
  const shifted = pointwise(graph, "Div", [complement, powers]);
  return pointwise(graph, "Mod", [shifted, graph.scalar(2, "int64")]);
}
