/**
 * Reductions along axes.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { cast, pointwise, reshape } from "../graph/arrange.ts";
import { type Graph, sameShape, type Value } from "../graph/graph.ts";
import {
  type Call,
  channelsFirst,
  channelsFirstAxes,
  channelsFirstValue,
  isChannelsFirst,
  type Operand,
  plain,
  plainValue,
} from "../graph/operand.ts";

interface ReductionAttributes {
  readonly axis?: number | number[];
  readonly reductionIndices?: number | number[];
  readonly keepDims?: boolean;
}

type Reduce = (graph: Graph, value: Value, axes: readonly number[]) => Value;

function reduction(reduce: Reduce): (call: Call<ReductionAttributes>) => Operand {
  const lower = ({ graph, inputs: { x }, attributes }: Call<ReductionAttributes>): Operand => {
    const given = attributes.axis ?? attributes.reductionIndices ?? x.shape.map((_, axis) => axis);
    const axes = tf.util.parseAxisParam(given, [...x.shape]);
    const kept = x.shape.map((length, axis) => axes.includes(axis) ? 1 : length);
    const shape = attributes.keepDims ? kept : x.shape.filter((_, axis) => !axes.includes(axis));
    if (x.content.kind === "prefixed") {
      const axis = axes.filter((axis) => axis > 0).map((axis) => axis - 1);
      const result = lower({ graph, inputs: { x: x.content.rest }, attributes: { axis, keepDims: true } });
      return plain(reshape(graph, plainValue(graph, result), shape));
    }
    if (isChannelsFirst(x)) {
      const places = channelsFirstAxes(x.shape.length);
      const value = reduce(graph, channelsFirstValue(graph, x), axes.map((axis) => places[axis]).sort());
      const result = channelsFirst(value, kept);
      return attributes.keepDims ? result : plain(reshape(graph, plainValue(graph, result), shape));
    }
    return plain(reshape(graph, reduce(graph, plainValue(graph, x), axes), shape));
  };
  return lower;
}

/**
 * A sum or mean, with factors that are the same for all that is added taken out of it: it then runs over what is already there, and
 * the product, as large as a batch, need not be written.
 */
function linear(reduce: Reduce): Reduce {
  const lower: Reduce = (graph, value, axes) => {
    const { producer, type, shape } = value;
    if (axes.length === 0 || type !== "float32" || producer === undefined) return reduce(graph, value, axes);
    const { operator, inputs: [left, right] } = producer;
    if (operator === "Neg") return pointwise(graph, "Neg", [lower(graph, left, axes)]);
    const constant = (factor: Value) =>
      axes.every((axis) => (factor.shape[axis - shape.length + factor.shape.length] ?? 1) === 1);
    const whole = (factor: Value) => sameShape(factor.shape, shape);
    if ((operator === "Mul" || operator === "Div") && whole(left) && constant(right)) {
      return pointwise(graph, operator, [lower(graph, left, axes), right]);
    }
    if (operator === "Mul" && whole(right) && constant(left)) {
      return pointwise(graph, operator, [lower(graph, right, axes), left]);
    }
    return reduce(graph, value, axes);
  };
  return lower;
}

/** The axes stay with length 1; until opset 18 they are an attribute, except those of the sum. */
function reduceBy(operator: string): Reduce {
  return (graph, value, axes) => {
    if (axes.length === 0) return value;
    const shape = value.shape.map((length, axis) => axes.includes(axis) ? 1 : length);
    if (operator === "ReduceSum") {
      return graph.emit(operator, [value, graph.integers(axes)], { shape, attributes: { keepdims: 1 } });
    }
    return graph.emit(operator, [value], { shape, attributes: { axes, keepdims: 1 } });
  };
}

/** The sum. */
export const sum = reduction(linear(reduceBy("ReduceSum")));
/** The product. */
export const product = reduction(reduceBy("ReduceProd"));
/** The largest; of bool, whether any holds. */
export const largest = reduction(extreme("ReduceMax"));
/** The smallest; of bool, whether all hold. */
export const smallest = reduction(extreme("ReduceMin"));
/** The sum divided by the count, as float32. */
export const mean = reduction((graph, value, axes) =>
  linear(reduceBy("ReduceMean"))(graph, cast(graph, value, "float32"), axes)
);
/** Whether all hold. */
export const all = reduction(throughInteger("ReduceMin"));
/** Whether any holds. */
export const any = reduction(throughInteger("ReduceMax"));

function extreme(operator: string): Reduce {
  const ofNumbers = reduceBy(operator), ofBools = throughInteger(operator);
  return (graph, value, axes) => (value.type === "bool" ? ofBools : ofNumbers)(graph, value, axes);
}

function throughInteger(operator: string): Reduce {
  return (graph, value, axes) =>
    cast(graph, reduceBy(operator)(graph, cast(graph, value, "int32"), axes), "bool");
}

function position(operator: string, never: number): (call: Call<{ axis: number }>) => Operand {
  return ({ graph, inputs: { x }, attributes }) => {
    const [axis] = tf.util.parseAxisParam(attributes.axis, [...x.shape]);
    const shape = x.shape.filter((_, other) => other !== axis);
    const value = cast(graph, plainValue(graph, x), x.dtype === "bool" ? "int32" : x.dtype);
    const compared = x.dtype === "float32" ? withoutNaN(graph, value, never) : value;
    const index = graph.emit(operator, [compared], {
      shape,
      type: "int64",
      attributes: { axis, keepdims: 0 },
    });
    return plain(cast(graph, index, "int32"));
  };
}

/** The position of the largest, the first of equals; NaN is never it. */
export const positionOfLargest = position("ArgMax", -Infinity);
/** The position of the smallest, the first of equals; NaN is never it. */
export const positionOfSmallest = position("ArgMin", Infinity);

function withoutNaN(graph: Graph, value: Value, instead: number): Value {
  const notANumber = pointwise(graph, "IsNaN", [value], { type: "bool" });
  return pointwise(graph, "Where", [notANumber, graph.scalar(instead), value], { type: "float32" });
}
