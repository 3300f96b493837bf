/**
 * Products summed over named axes.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { type Call, type Operand, plain, plainValue } from "../operand.ts";

/** Einstein's sum of one or two tensors. Throws SyntaxError for an equation without an arrow. */
export function einsum({ graph, inputs, attributes }: Call<tf.EinsumAttrs>): Operand {
  const equation = attributes.equation.replaceAll(/\s/g, "");
  const [from, to] = equation.split("->");
  const terms = from.split(","), operands = Object.values(inputs);
  if (to === undefined || terms.length !== operands.length) {
    throw new SyntaxError(
      `Cannot record an Einstein sum: the equation must name the axes of ${operands.length} tensors and of the result, ` +
        `as in "ij,jk->ik", got "${attributes.equation}"`,
    );
  }
  const lengths = new Map(
    terms.flatMap((term, index) =>
      [...term].map((name, axis) => [name, operands[index].shape[axis]] as const)
    ),
  );
  const shape = [...to].map((name) => lengths.get(name) ?? 1);
  const values = operands.map((operand) => plainValue(graph, operand));
  return plain(graph.emit("Einsum", values, { shape, attributes: { equation } }));
}
