/**
 * Sums, products and quotients of two tensors that broadcast.
 *
 * @module
 */
import { broadcast, cast, pointwise, reshape } from "../graph/arrange.ts";
import { elementwise, numeric } from "../graph/elementwise.ts";
import { type Graph, sameShape, type Value } from "../graph/graph.ts";
import type { Call, Operand } from "../graph/operand.ts";

type Compute = (graph: Graph, left: Value, right: Value) => Value;

function binary(compute: Compute): (call: Call) => Operand {
  return ({ graph, inputs: { a, b } }) =>
    elementwise(graph, [a, b], ([left, right]) => {
      const result = compute(graph, numeric(graph, left), numeric(graph, right));
      return left.type === "bool" ? cast(graph, result, "bool") : result;
    });
}

/** `a + b`; a convolution takes the bias of its channels in. */
export const add = binary((graph, left, right) =>
  withBias(graph, left, right) ?? withBias(graph, right, left) ?? pointwise(graph, "Add", [left, right])
);

/** `a - b` */
export const subtract = binary((graph, left, right) => pointwise(graph, "Sub", [left, right]));

/** `a b`; where a factor is a constant times something, the constant is multiplied last. */
export const multiply = binary(product);

/** `a / b`, rounded down for whole numbers. */
export const divide = binary((graph, left, right) =>
  left.type === "int32" ? floorQuotient(graph, left, right) : quotient(graph, left, right)
);

/** `floor(a / b)` */
export const floorDivide = binary(floorQuotient);

/** The remainder that has the sign of `b`. */
export const modulo = binary((graph, left, right) => {
  const whole = pointwise(graph, "Mul", [floorQuotient(graph, left, right), right]);
  return pointwise(graph, "Sub", [left, whole]);
});

/** `a ^ b` */
export const power = binary((graph, left, right) => pointwise(graph, "Pow", [left, right]));

/** The larger of `a` and `b`. */
export const maximum = binary((graph, left, right) => pointwise(graph, "Max", [left, right]));

/** The smaller of `a` and `b`. */
export const minimum = binary((graph, left, right) => pointwise(graph, "Min", [left, right]));

/** `(a - b)^2` */
export const squaredDifference = binary((graph, left, right) => {
  const difference = pointwise(graph, "Sub", [left, right]);
  return pointwise(graph, "Mul", [difference, difference]);
});

/** The sum of tensors of one shape, from first to last. */
export function addAll({ graph, inputs }: Call): Operand {
  return elementwise(
    graph,
    Object.values(inputs),
    (values) => {
      const terms = values.map((value) => numeric(graph, value));
      return cast(graph, terms.reduce((sum, term) => pointwise(graph, "Add", [sum, term])), values[0].type);
    },
  );
}

/** Constants this far from 1 at most change places: further away, they may be there to keep a product in range. */
const NEAR = 16;

function isNear(factor: number): boolean {
  return Math.abs(factor) <= NEAR && Math.abs(factor) >= 1 / NEAR;
}

/**
 * A product of tensors that holds constants, `(k a) b`, as `k (a b)`: constants meet at the end and become one, and ONNX Runtime knows the
 * Gaussian error linear unit in this order.
 */
function product(graph: Graph, left: Value, right: Value): Value {
  if (left.type !== "float32") return pointwise(graph, "Mul", [left, right]);
  const shape = broadcast(left.shape, right.shape);
  const [a, b] = [left, right].map((value) => scaled(value, shape));
  const factor = a.factor * b.factor;
  if ((a.rest === left && b.rest === right) || !isNear(factor)) return pointwise(graph, "Mul", [left, right]);
  const rest = [a.rest, b.rest].filter((value) => value !== undefined);
  const unscaled = rest.length === 2 ? pointwise(graph, "Mul", rest) : rest[0];
  return unscaled === undefined
    ? pointwise(graph, "Mul", [left, right])
    : pointwise(graph, "Mul", [unscaled, graph.scalar(factor)]);
}

/** A quotient; of a product with a constant by a constant it is a product. */
function quotient(graph: Graph, left: Value, right: Value): Value {
  const divisor = constantOf(right), { factor, rest } = scaled(left, left.shape);
  if (divisor === undefined || rest === undefined || rest === left || !isNear(factor / divisor)) {
    return pointwise(graph, "Div", [left, right]);
  }
  return pointwise(graph, "Mul", [rest, graph.scalar(factor / divisor)]);
}

/** A value of the given shape as a constant times the rest; a constant alone has none. */
function scaled(
  value: Value,
  shape: readonly number[],
): { readonly factor: number; readonly rest?: Value } {
  const own = constantOf(value);
  if (own !== undefined) return { factor: own };
  // What is smaller is cheaper to multiply before.
  const isProduct = value.producer?.operator === "Mul" && sameShape(value.shape, shape);
  const [whole, last] = isProduct ? value.producer!.inputs : [];
  const factor = last && constantOf(last);
  return factor === undefined ? { factor: 1, rest: value } : { factor, rest: whole };
}

function constantOf({ constant, name, shape }: Value): number | undefined {
  return shape.length === 0 && name === undefined && constant?.length === 1 ? Number(constant[0]) : undefined;
}

function floorQuotient(graph: Graph, left: Value, right: Value): Value {
  if (left.type === "float32") return pointwise(graph, "Floor", [pointwise(graph, "Div", [left, right])]);
  // ONNX divides whole numbers towards zero; float64 holds every int32.
  const quotient = pointwise(graph, "Div", [cast(graph, left, "float64"), cast(graph, right, "float64")]);
  return cast(graph, pointwise(graph, "Floor", [quotient]), left.type);
}

function withBias(graph: Graph, convolution: Value, bias: Value): Value | undefined {
  const { producer, shape } = convolution;
  const channels = shape[1];
  const isConvolution = producer?.operator === "Conv" && producer.inputs.length === 2;
  const perChannel = bias.shape.length === 4 && bias.shape.join() === [1, channels, 1, 1].join();
  if (!isConvolution || !perChannel) return undefined;
  const inputs = [...producer.inputs, reshape(graph, bias, [channels])];
  return graph.emit("Conv", inputs, { shape, attributes: producer.attributes });
}
