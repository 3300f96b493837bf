/**
 * Aliases and changes of type.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { cast as castValue } from "../graph/arrange.ts";
import { mapValue } from "../graph/elementwise.ts";
import { type Call, known, knownElements, type Operand, operandType } from "../graph/operand.ts";

/** The tensor itself: a pooling's gradient must find the pooling, whatever copies lie between. */
export function identity({ inputs: { x } }: Call): Operand {
  return x;
}

/** The same numbers as another type; float to int32 cuts the fraction off, and bool tells whether a number is not 0. */
export function cast({ graph, inputs: { x }, attributes }: Call<tf.CastAttrs>): Operand {
  const dtype = operandType(attributes.dtype);
  if (dtype === x.dtype) return x;
  const elements = knownElements(x);
  if (elements === undefined) return mapValue(graph, x, (value) => castValue(graph, value, dtype));
  return known(
    dtype === "bool" ? elements.map((element) => Number(element !== 0)) : elements,
    x.shape,
    dtype,
  );
}
