/**
 * Functions of one number.
 *
 * @module
 */
import { cast, pointwise } from "../graph/arrange.ts";
import { mapValue, numeric } from "../graph/elementwise.ts";
import type { Graph, Value } from "../graph/graph.ts";
import type { Call, Operand } from "../graph/operand.ts";

function unary(compute: (graph: Graph, value: Value) => Value): (call: Call) => Operand {
  return ({ graph, inputs: { x } }) => mapValue(graph, x, (value) => compute(graph, value));
}

/** Computed with fractions, which whole numbers and bool then lose. */
function inFloats(compute: (graph: Graph, value: Value) => Value): (call: Call) => Operand {
  return unary((graph, value) => cast(graph, compute(graph, cast(graph, value, "float32")), value.type));
}

/** What ONNX asks of float32 alone. */
function test(compute: (graph: Graph, value: Value) => Value): (call: Call) => Operand {
  return unary((graph, value) => compute(graph, cast(graph, value, "float32")));
}

/** Operators that ONNX has for whole numbers too. */
const OF_WHOLE_NUMBERS = new Set(["Abs", "Neg", "Relu"]);

/** An ONNX operator that takes one value and gives one of the same type; of whole numbers too where TensorFlow.js has it so. */
export function direct(operator: string): (call: Call) => Operand {
  return unary((graph, value) => {
    if (value.type === "float32" || (value.type === "int32" && OF_WHOLE_NUMBERS.has(operator))) {
      return pointwise(graph, operator, [value]);
    }
    const result = pointwise(graph, operator, [cast(graph, value, "float32")]);
    return operator === "Exp" ? result : cast(graph, result, value.type);
  });
}

/** `x^2` */
export const square = unary((graph, given) => {
  const value = numeric(graph, given);
  return cast(graph, pointwise(graph, "Mul", [value, value]), given.type);
});

/** -1, 0 or 1, and 0 for NaN. */
export const sign = unary((graph, value) => {
  const result = pointwise(graph, "Sign", [numeric(graph, value)]);
  if (value.type !== "float32") return cast(graph, result, value.type);
  const notANumber = pointwise(graph, "IsNaN", [value], { type: "bool" });
  return pointwise(graph, "Where", [notANumber, graph.scalar(0), result], { type: "float32" });
});

/** `1 / sqrt(x)` */
export const inverseSquareRoot = unary((graph, value) =>
  pointwise(graph, "Reciprocal", [pointwise(graph, "Sqrt", [value])])
);

/** `exp(x) - 1` as `tanh(x / 2) (exp(x) + 1)`, which keeps the digits near 0. */
export const exponentialMinusOne = inFloats((graph, value) => {
  const half = pointwise(graph, "Mul", [value, graph.scalar(0.5)]);
  const sum = pointwise(graph, "Add", [pointwise(graph, "Exp", [value]), graph.scalar(1)]);
  return pointwise(graph, "Mul", [pointwise(graph, "Tanh", [half]), sum]);
});

/** `log(1 + x)` as `log(u) x / (u - 1)` with `u = 1 + x`, which keeps the digits near 0 (Goldberg 1991, theorem 4). */
export const logarithmOfOnePlus = inFloats((graph, value) => {
  const one = graph.scalar(1);
  const sum = pointwise(graph, "Add", [value, one]);
  const ratio = pointwise(graph, "Div", [value, pointwise(graph, "Sub", [sum, one])]);
  const product = pointwise(graph, "Mul", [pointwise(graph, "Log", [sum]), ratio]);
  const tiny = pointwise(graph, "Equal", [sum, one], { type: "bool" });
  const infinite = pointwise(graph, "IsInf", [value], { type: "bool" });
  return pointwise(graph, "Where", [pointwise(graph, "Or", [tiny, infinite]), value, product], {
    type: "float32",
  });
});

/** Whether the number is NaN. */
export const isNotANumber = test((graph, value) => pointwise(graph, "IsNaN", [value], { type: "bool" }));

/** Whether the number is infinite. */
export const isInfinite = test((graph, value) => pointwise(graph, "IsInf", [value], { type: "bool" }));

/** Whether the number is neither infinite nor NaN. */
export const isFinite = test((graph, value) => {
  const infinite = pointwise(graph, "IsInf", [value], { type: "bool" });
  const notANumber = pointwise(graph, "IsNaN", [value], { type: "bool" });
  return pointwise(graph, "Not", [pointwise(graph, "Or", [infinite, notANumber])]);
});
