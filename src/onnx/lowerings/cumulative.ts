/**
 * Sums and products of all elements up to each one.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { pointwise } from "../graph/arrange.ts";
import { mapValue, numeric } from "../graph/elementwise.ts";
import { type Call, filled, type Operand, plain, plainValue } from "../graph/operand.ts";
import { concatenate, slice } from "./slice.ts";

/** The sum up to each element; bool counts as 0 and 1. */
export function cumulativeSum({ graph, inputs: { x }, attributes }: Call<tf.CumsumAttrs>): Operand {
  const value = numeric(graph, plainValue(graph, x));
  const [axis] = tf.util.parseAxisParam(attributes.axis, [...x.shape]);
  return plain(
    graph.emit("CumSum", [value, graph.scalar(axis, "int64")], {
      shape: value.shape,
      attributes: { exclusive: Number(attributes.exclusive), reverse: Number(attributes.reverse) },
    }),
  );
}

/**
 * The product up to each element.
 *
 * ONNX has no operator for it: each pass multiplies by the product that lies 1, 2, 4, ... elements before (Hillis and Steele 1986).
 */
export function cumulativeProduct(
  { graph, inputs: { x: given }, attributes }: Call<tf.CumprodAttrs>,
): Operand {
  const x = given.dtype === "bool" ? mapValue(graph, given, (value) => numeric(graph, value)) : given;
  const [axis] = tf.util.parseAxisParam(attributes.axis, [...x.shape]);
  const length = x.shape[axis];
  const moved = (operand: Operand, distance: number) => {
    const begin = x.shape.map((_, other) => other === axis && attributes.reverse ? distance : 0);
    const size = x.shape.with(axis, length - distance);
    const rest = slice({ graph, inputs: { x: operand }, attributes: { begin, size } });
    const ones = filled(1, x.shape.with(axis, distance), x.dtype);
    const [before, after] = attributes.reverse ? [rest, ones] : [ones, rest];
    return concatenate({ graph, inputs: { before, after }, attributes: { axis } });
  };
  let product = attributes.exclusive ? moved(x, 1) : x;
  for (let distance = 1; distance < length; distance *= 2) {
    const factors = [product, moved(product, distance)].map((operand) => plainValue(graph, operand));
    product = plain(pointwise(graph, "Mul", factors));
  }
  return product;
}
