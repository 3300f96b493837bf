/**
 * Normalization by the neighbouring channels (Krizhevsky, Sutskever and Hinton 2012, section 3.3).
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { pointwise } from "../graph/arrange.ts";
import type { Graph, Value } from "../graph/graph.ts";
import { type Call, type Operand, plain, plainValue } from "../graph/operand.ts";

type Attributes = Pick<tf.LRNAttrs, "depthRadius" | "bias" | "alpha" | "beta">;

/** `x s^-beta` with `s = bias + alpha (sum of x^2 over the channels at most depthRadius away)` */
export function localResponse({ graph, inputs: { x }, attributes }: Call<Attributes>): Operand {
  const value = plainValue(graph, x);
  const factor = power(graph, surroundings(graph, value, attributes), -attributes.beta);
  return plain(pointwise(graph, "Mul", [value, factor]));
}

/** `dy s^-beta - 2 alpha beta x (sum of dy x s^(-beta - 1) over the same channels)` */
export function localResponseGradient({ graph, inputs: { x, dy }, attributes }: Call<Attributes>): Operand {
  const { alpha, beta } = attributes;
  const value = plainValue(graph, x), gradient = plainValue(graph, dy);
  const sums = surroundings(graph, value, attributes);
  const direct = pointwise(graph, "Mul", [gradient, power(graph, sums, -beta)]);
  const product = pointwise(graph, "Mul", [gradient, value]);
  const shares = pointwise(graph, "Mul", [product, power(graph, sums, -beta - 1)]);
  const others = pointwise(graph, "Mul", [overNeighbours(graph, shares, attributes), value]);
  const scaled = pointwise(graph, "Mul", [others, graph.scalar(2 * alpha * beta)]);
  return plain(pointwise(graph, "Sub", [direct, scaled]));
}

function surroundings(graph: Graph, value: Value, attributes: Attributes): Value {
  const squares = overNeighbours(graph, pointwise(graph, "Mul", [value, value]), attributes);
  const scaled = pointwise(graph, "Mul", [squares, graph.scalar(attributes.alpha)]);
  return pointwise(graph, "Add", [scaled, graph.scalar(attributes.bias)]);
}

/** Sums over neighbouring channels: the product with a band of ones. */
function overNeighbours(graph: Graph, value: Value, { depthRadius }: Attributes): Value {
  const channels = value.shape[value.shape.length - 1];
  const band = Float32Array.from({ length: channels ** 2 }, (_, index) => {
    return Number(Math.abs(Math.floor(index / channels) - index % channels) <= depthRadius);
  });
  const matrix = graph.constant(band, { type: "float32", shape: [channels, channels] });
  return graph.emit("MatMul", [value, matrix], { shape: value.shape });
}

function power(graph: Graph, value: Value, exponent: number): Value {
  return pointwise(graph, "Pow", [value, graph.scalar(exponent)]);
}
