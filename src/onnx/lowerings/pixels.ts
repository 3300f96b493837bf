/**
 * Pixels of images at places that are computed.
 *
 * @module
 */
import { cast, pointwise, reshape } from "../graph/arrange.ts";
import type { Graph, Value } from "../graph/graph.ts";

/** Where pixels are: three values that broadcast to `[image, row, column]`. */
export interface Places {
  /** Numbers of images, int64. */
  readonly image: Value;
  /** Whole numbers of any type, inside the image. */
  readonly y: Value;
  readonly x: Value;
}

/** A function of values that broadcast, by the name of its operator. */
export function calculator(graph: Graph): (operator: string, ...inputs: Value[]) => Value {
  return (operator, ...inputs) => pointwise(graph, operator, inputs);
}

/** A comparison of values that broadcast. */
export function comparator(graph: Graph): (operator: string, ...inputs: Value[]) => Value {
  return (operator, ...inputs) => pointwise(graph, operator, inputs, { type: "bool" });
}

/** The channels of the pixels, `[image, row, column, channel]`. */
export function pixels(graph: Graph, images: Value, { image, y, x }: Places): Value {
  const [batch, height, width, channels] = images.shape, compute = calculator(graph);
  const flat = reshape(graph, images, [batch * height * width, channels]);
  const rows = compute("Add", compute("Mul", image, graph.scalar(height, "int64")), cast(graph, y, "int64"));
  const places = compute("Add", compute("Mul", rows, graph.scalar(width, "int64")), cast(graph, x, "int64"));
  return graph.emit("Gather", [flat, places], {
    shape: [...places.shape, channels],
    attributes: { axis: 0 },
  });
}

/** The whole number nearest to each, halves upwards as in JavaScript. */
export function nearestWhole(graph: Graph, value: Value): Value {
  const compute = calculator(graph);
  return compute("Floor", compute("Add", value, graph.scalar(0.5, value.type)));
}

/** Numbers between the limits. */
export function clamped(graph: Graph, value: Value, largest: number): Value {
  return pointwise(graph, "Clip", [value, graph.scalar(0, value.type), graph.scalar(largest, value.type)]);
}

/** Whether numbers are from 0 to a limit. */
export function within(graph: Graph, value: Value, largest: number): Value {
  const compare = comparator(graph);
  const reached = compare("GreaterOrEqual", value, graph.scalar(0, value.type));
  return compare("And", reached, compare("LessOrEqual", value, graph.scalar(largest, value.type)));
}

/** Columns of a matrix of float32 as float64, each `[row, 1, 1]`: places are computed as TensorFlow.js does in JavaScript. */
export function columns(graph: Graph, matrix: Value): Value[] {
  const [rows, count] = matrix.shape, precise = cast(graph, matrix, "float64");
  return Array.from({ length: count }, (_, column) => {
    const limits = [[column], [column + 1], [1]].map((values) => graph.integers(values));
    return reshape(graph, graph.emit("Slice", [precise, ...limits], { shape: [rows, 1] }), [rows, 1, 1]);
  });
}

/** `0, 1, ...` along one of three axes. */
export function counting(graph: Graph, length: number, axis: 0 | 1 | 2, type: "float64" | "int64"): Value {
  const shape = [1, 1, 1].with(axis, length), numbers = Array.from({ length }, (_, index) => index);
  const elements = type === "float64" ? Float64Array.from(numbers) : BigInt64Array.from(numbers, BigInt);
  return graph.constant(elements, { type, shape });
}
