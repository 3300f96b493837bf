/**
 * Pooling of signals, which TensorFlow.js does as of images with one column.
 *
 * @module
 */
import type { Call, Operand } from "../graph/operand.ts";
import { reshape } from "./shape.ts";
import type { PoolAttributes } from "./windows.ts";

/**
 * The same lowering, but that images of one column lie down before, and stand up after.
 *
 * Convolutions have signals as images of one row; poolings of another shape between them would take the layout in blocks apart each time,
 * and ONNX Runtime pools along rows faster.
 */
export function lyingDown(
  lower: (call: Call<PoolAttributes>) => Operand,
): (call: Call<PoolAttributes>) => Operand {
  return (call) => {
    const { graph, inputs, attributes } = call, { shape } = inputs.x ?? inputs.input;
    if (shape.length !== 4 || shape[1] === 1 || shape[2] !== 1) return lower(call);
    const turn = (x: Operand) => reshape({ graph, inputs: { x }, attributes: { shape: turned(x.shape) } });
    const lying = Object.fromEntries(Object.entries(inputs).map(([name, x]) => [name, turn(x)]));
    const { filterSize, strides, pad } = attributes;
    return turn(lower({
      graph,
      inputs: lying,
      attributes: {
        ...attributes,
        filterSize: Array.isArray(filterSize) ? filterSize.toReversed() : filterSize,
        strides: Array.isArray(strides) ? strides.toReversed() : strides,
        pad: typeof pad === "object" ? [pad[0], pad[2], pad[1], pad[3]] : pad,
      },
    }));
  };
}

/** A shape with rows and columns swapped. */
function turned([batch, rows, columns, channels]: readonly number[]): number[] {
  return [batch, columns, rows, channels];
}
