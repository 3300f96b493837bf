/**
 * Tensors from numbers alone.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { type Call, filled, known, type Operand, operandType } from "../graph/operand.ts";

/** One number everywhere. */
export function fill({ attributes: { shape, value, dtype } }: Call<tf.FillAttrs>): Operand {
  return filled(Number(value), shape, operandType(dtype ?? "float32"));
}

/** 0 in the shape of another tensor. */
export function zerosLike({ inputs: { x } }: Call): Operand {
  return filled(0, x.shape, x.dtype);
}

/** 1 in the shape of another tensor. */
export function onesLike({ inputs: { x } }: Call): Operand {
  return filled(1, x.shape, x.dtype);
}

/** Numbers from `start` to before `stop`; the step 1 is -1 where `stop` is below. */
export function range({ attributes: { start, stop, step: given, dtype } }: Call<tf.RangeAttrs>): Operand {
  const step = given === 1 && stop < start ? -1 : given;
  const length = Math.max(0, Math.ceil((stop - start) / step));
  const numbers = Array.from({ length }, (_, index) => start + index * step);
  return known(numbers, [length], operandType(dtype));
}

/** `num` numbers at equal distances from `start` to `stop`. */
export function linearSpace({ attributes: { start, stop, num } }: Call<tf.LinSpaceAttrs>): Operand {
  const step = num === 1 ? 0 : (stop - start) / (num - 1);
  return known(Array.from({ length: num }, (_, index) => start + index * step), [num], "float32");
}
