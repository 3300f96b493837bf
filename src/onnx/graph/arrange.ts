/**
 * Operators that move elements and compute nothing, emitted only where they are needed.
 *
 * @module
 */
import { type ElementType, type Graph, sameShape, type Value } from "./graph.ts";

/** The same elements in another shape; a reshape of a reshape is one. */
export function reshape(graph: Graph, value: Value, shape: readonly number[]): Value {
  if (sameShape(value.shape, shape)) return value;
  const { producer } = value;
  if (producer?.operator === "Reshape") return reshape(graph, producer.inputs[0], shape);
  if (producer?.operator === "Expand") {
    const [axes, target] = [value.shape, shape].map(longAxes);
    // Only axes of length 1 come or go: what is repeated can have its new shape before.
    if (sameShape(axes.map((axis) => value.shape[axis]), target.map((axis) => shape[axis]))) {
      const from = atRank(producer.inputs[0].shape, value.shape.length);
      const lengths = shape.map((_, axis) => target.includes(axis) ? from[axes[target.indexOf(axis)]] : 1);
      return expand(graph, reshape(graph, producer.inputs[0], lengths), shape);
    }
  }
  // Without the attribute a length of 0 would mean that of the input.
  const attributes = shape.includes(0) ? { allowzero: 1 } : undefined;
  return graph.emit("Reshape", [value, graph.integers(shape)], { shape, attributes });
}

/** Axes in another order; transpositions that follow each other are one, and one that moves only axes of length 1 is a reshape. */
export function transpose(graph: Graph, value: Value, order: readonly number[]): Value {
  const { producer } = value;
  if (producer?.operator === "Transpose") {
    const before = producer.attributes.perm as readonly number[];
    return transpose(graph, producer.inputs[0], order.map((axis) => before[axis]));
  }
  if (order.every((from, to) => from === to)) return value;
  const shape = order.map((axis) => value.shape[axis]);
  const moved = order.filter((axis) => value.shape[axis] !== 1);
  if (moved.every((axis, index) => index === 0 || moved[index - 1] < axis)) {
    return reshape(graph, value, shape);
  }
  if (producer?.operator === "Expand") {
    const [from] = producer.inputs;
    return expand(
      graph,
      transpose(graph, reshape(graph, from, atRank(from.shape, order.length)), order),
      shape,
    );
  }
  return graph.emit("Transpose", [value], { shape, attributes: { perm: order } });
}

/** The same elements again and again along axes of length 1, and along new axes before the first. */
export function expand(graph: Graph, value: Value, shape: readonly number[]): Value {
  if (sameShape(value.shape, shape)) return value;
  return graph.emit("Expand", [value, graph.integers(shape)], { shape });
}

/** The value whose elements another one repeats, or the value itself. */
export function unexpanded(value: Value): Value {
  return value.producer?.operator === "Expand" ? value.producer.inputs[0] : value;
}

/** A shape with axes of length 1 before its own. */
function atRank(shape: readonly number[], rank: number): readonly number[] {
  return [...new Array<number>(rank - shape.length).fill(1), ...shape];
}

function longAxes(shape: readonly number[]): number[] {
  return [...shape.keys()].filter((axis) => shape[axis] !== 1);
}

/** ONNX's numbers of the element types. */
export const ELEMENT_TYPES: Readonly<Record<ElementType, number>> = {
  float32: 1,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
  uint64: 13,
};

/** The same elements as another type. */
export function cast(graph: Graph, value: Value, type: ElementType): Value {
  if (value.type === type) return value;
  return graph.emit("Cast", [value], { shape: value.shape, type, attributes: { to: ELEMENT_TYPES[type] } });
}

/** An operator on each element of inputs that broadcast; its type is that of the first input unless given. */
export function pointwise(
  graph: Graph,
  operator: string,
  inputs: readonly Value[],
  options: { readonly type?: ElementType; readonly attributes?: Readonly<Record<string, number>> } = {},
): Value {
  const shape = inputs.map((input) => input.shape).reduce(broadcast);
  return graph.emit(operator, inputs, { shape, ...options });
}

/** The shape of two shapes that broadcast. Throws TypeError when they do not. */
export function broadcast(left: readonly number[], right: readonly number[]): readonly number[] {
  const rank = Math.max(left.length, right.length);
  return Array.from({ length: rank }, (_, axis) => {
    const a = left[axis - rank + left.length] ?? 1, b = right[axis - rank + right.length] ?? 1;
    if (a !== b && a !== 1 && b !== 1) {
      throw new TypeError(`Cannot broadcast: lengths must agree or be 1, got [${left}] and [${right}]`);
    }
    return a === 1 ? b : a;
  });
}
