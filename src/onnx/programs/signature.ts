/**
 * What goes into a program: names, shapes and types, and numbers that fit them.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { sizeOf } from "../graph/graph.ts";
import type { InputSignature } from "../recording/recording.ts";

/** The numbers of an input; a number alone stands for a tensor without axes. */
export type InputValues = Float32Array | Int32Array | Uint8Array | number;

/** The array that holds elements of each type. */
export const ARRAYS = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** The signatures of inputs given by shape alone or with a type. Throws RangeError for a length or a type that is none. */
export function signaturesOf(
  inputs: Readonly<Record<string, readonly number[] | InputSignature>>,
): Record<string, InputSignature> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, given]) => {
      const signature: InputSignature = "shape" in given ? given : { shape: given, dtype: "float32" };
      const { shape, dtype } = signature;
      if (!shape.every((length) => Number.isInteger(length) && length >= 0)) {
        throw new RangeError(
          `Cannot compile a program: each length of the input "${name}" must be a whole number from 0 up, got [${
            shape.map(String).join(", ")
          }]; a program has one size, so compile one for each size, or pad the input`,
        );
      }
      if (!(dtype in ARRAYS)) {
        throw new RangeError(
          `Cannot compile a program: the type of the input "${name}" must be ${
            Object.keys(ARRAYS).join(", ")
          }, got ${dtype}`,
        );
      }
      return [name, signature];
    }),
  );
}

/** The numbers of each input. Throws TypeError for an input that is missing, unknown, or of another size or type. */
export function checkedInputs(
  signatures: Readonly<Record<string, InputSignature>>,
  values: Readonly<Record<string, InputValues>>,
): { name: string; values: Float32Array | Int32Array | Uint8Array; shape: readonly number[] }[] {
  for (const name of Object.keys(values)) {
    if (name in signatures) continue;
    const known = Object.keys(signatures).join(", ") || "none";
    throw new TypeError(`Cannot run a program: it has the inputs ${known}, got "${name}"`);
  }
  return Object.entries(signatures).map(([name, signature]) => {
    return { name, values: checked(name, signature, values[name]), shape: signature.shape };
  });
}

function checked(name: string, { shape, dtype }: InputSignature, values: InputValues | undefined) {
  const array = ARRAYS[dtype], size = sizeOf(shape);
  const given = typeof values === "number" ? array.of(values) : values;
  if (given instanceof array && given.length === size) return given;
  const isTensor = given instanceof tf.Tensor;
  const got = given === undefined || given === null
    ? "nothing"
    : isTensor
    ? "a tensor"
    : `${given.constructor.name} of ${given.length ?? "no length"}`;
  const instead = given instanceof array
    ? "; a program has one size, so compile one for each size, or pad the input"
    : isTensor
    ? "; give its numbers, which await tensor.data() reads"
    : "";
  throw new TypeError(
    `Cannot run a program: the input "${name}" must be a ${array.name} of shape [${
      shape.join(", ")
    }], got ${got}${instead}`,
  );
}
