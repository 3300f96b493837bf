/**
 * Comparisons, logic and choice.
 *
 * @module
 */
import { cast, pointwise } from "../graph/arrange.ts";
import { elementwise, mapValue, numeric } from "../graph/elementwise.ts";
import type { Graph, Value } from "../graph/graph.ts";
import type { Call, Operand } from "../graph/operand.ts";

function comparison(compute: (graph: Graph, values: readonly Value[]) => Value): (call: Call) => Operand {
  return ({ graph, inputs: { a, b } }) =>
    elementwise(graph, [a, b], (values) => compute(graph, values.map((value) => numeric(graph, value))));
}

function compare(operator: string): (call: Call) => Operand {
  return comparison((graph, values) => pointwise(graph, operator, values, { type: "bool" }));
}

/** `a = b` */
export const equal = compare("Equal");
/** `a > b` */
export const greater = compare("Greater");
/** `a >= b` */
export const greaterOrEqual = compare("GreaterOrEqual");
/** `a < b` */
export const less = compare("Less");
/** `a <= b` */
export const lessOrEqual = compare("LessOrEqual");
/** `a` is not `b` */
export const notEqual = comparison((graph, values) =>
  pointwise(graph, "Not", [pointwise(graph, "Equal", values, { type: "bool" })])
);

function logical(operator: string): (call: Call) => Operand {
  return ({ graph, inputs: { a, b } }) =>
    elementwise(graph, [a, b], (values) => pointwise(graph, operator, values));
}

/** Both. */
export const logicalAnd = logical("And");
/** At least one. */
export const logicalOr = logical("Or");

/** The opposite. */
export function logicalNot({ graph, inputs: { x } }: Call): Operand {
  return mapValue(graph, x, (value) => pointwise(graph, "Not", [value]));
}

/** `t` where the condition holds, else `e`. */
export function select({ graph, inputs: { condition, t, e } }: Call): Operand {
  return elementwise(graph, [condition, t, e], ([holds, yes, no]) => {
    // ONNX Runtime has no choice between bools.
    const chosen = pointwise(graph, "Where", [holds, numeric(graph, yes), numeric(graph, no)], {
      type: yes.type === "bool" ? "int32" : yes.type,
    });
    return cast(graph, chosen, yes.type);
  });
}
