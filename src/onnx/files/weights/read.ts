/**
 * The weights of a file as float32 numbers, however it holds them.
 *
 * @module
 */
import type { GraphProto } from "onnx-buf";
import { floatsOf } from "./compress.ts";
import { WEIGHT_TYPES, type WeightFormat } from "./formats.ts";
import { dequantize } from "./quantize.ts";

/** A weight that was read. */
export interface StoredWeight {
  /** The length of each axis. */
  readonly shape: number[];
  /** Row by row. */
  readonly values: Float32Array;
  /** How the file holds its numbers; those of int8 are what is left after rounding. */
  readonly format: WeightFormat;
}

/** The floating-point constants of a graph by name, and those that it multiplies by a scale; see `compressOnnx`. */
export function readWeights(graph: GraphProto): Record<string, StoredWeight> {
  const weights: Record<string, StoredWeight> = {};
  const tensors = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  const scales = scalesOf(graph), areScales = new Set(scales.values());
  for (const tensor of graph.initializer) {
    const { name, dims, dataType, rawData } = tensor, shape = dims.map(Number);
    if (dataType === WEIGHT_TYPES.float32 && !areScales.has(name)) {
      weights[name] = { shape, values: floatsOf(tensor), format: "float32" };
    }
    if (dataType === WEIGHT_TYPES.float16) {
      const values = Float32Array.from(new Float16Array(rawData.slice().buffer));
      weights[name] = { shape, values, format: "float16" };
    }
    const scale = tensors.get(scales.get(name) ?? "");
    if (dataType === WEIGHT_TYPES.int8 && scale !== undefined) {
      const integers = new Int8Array(rawData.slice().buffer);
      const axis = Math.max(0, scale.dims.findIndex((length) => length > 1n));
      const values = dequantize({ integers, scale: floatsOf(scale), axis }, { shape });
      weights[name] = { shape, values, format: "int8" };
    }
  }
  return weights;
}

/** The names of the scales by the names of the whole numbers that a graph casts and multiplies by them. */
function scalesOf({ initializer, node }: GraphProto): Map<string, string> {
  const casts = new Map(
    node.filter(({ opType }) => opType === "Cast").map(({ input, output }) => [output[0], input[0]]),
  );
  const integers = new Set(
    initializer.filter(({ dataType }) => dataType === WEIGHT_TYPES.int8).map(({ name }) => name),
  );
  return new Map(node.flatMap(({ opType, input: [cast, scale] }) => {
    const name = casts.get(cast);
    return opType === "Mul" && name !== undefined && integers.has(name) ? [[name, scale]] : [];
  }));
}
