/**
 * Products summed over named axes.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { numeric } from "../graph/elementwise.ts";
import { type Call, type Operand, plain, plainValue } from "../graph/operand.ts";
import { placeholder } from "./slice.ts";

/** Einstein's sum of one or two tensors. Throws Error for an equation that does not fit them. */
export function einsum({ graph, inputs, attributes }: Call<tf.EinsumAttrs>): Operand {
  const operands = Object.values(inputs);
  const { allDims, summedDims, idDims } = tf.backend_util.decodeEinsumEquation(
    attributes.equation,
    operands.length,
  );
  tf.backend_util.checkEinsumDimSizes(allDims.length, idDims, operands.map(placeholder));
  const lengths = new Map(
    idDims.flatMap((dims, index) => dims.map((dim, axis) => [dim, operands[index].shape[axis]] as const)),
  );
  // The axes of the result come first among all, in their order.
  const shape = Array.from({ length: allDims.length - summedDims.length }, (_, dim) => lengths.get(dim)!);
  const equation = attributes.equation.replaceAll(/\s/g, "");
  const values = operands.map((operand) => numeric(graph, plainValue(graph, operand)));
  return plain(graph.emit("Einsum", values, { shape, attributes: { equation } }));
}
