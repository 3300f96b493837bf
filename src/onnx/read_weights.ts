/**
 * The weights of a file as float32 numbers, however it holds them.
 *
 * @module
 */
import type { GraphProto, NodeProto, TensorProto } from "onnx-buf";
import { floatsOf } from "./compress.ts";
import { dequantize } from "./quantize.ts";
import { WEIGHT_TYPES, type WeightFormat } from "./weight_formats.ts";

/** A weight that was read. */
export interface StoredWeight {
  readonly shape: number[];
  /** Row by row. */
  readonly values: Float32Array;
  /** How the file holds its numbers; those of int8 are what is left after rounding. */
  readonly format: WeightFormat;
}

/** The floating-point constants of a graph by name, and those that it dequantizes. */
export function readWeights({ initializer, node }: GraphProto): Record<string, StoredWeight> {
  const weights: Record<string, StoredWeight> = {};
  const tensors = new Map(initializer.map((tensor) => [tensor.name, tensor]));
  const dequantizing = new Map(
    node.filter(({ opType }) => opType === "DequantizeLinear").map((one) => [one.input[0], one]),
  );
  const scales = new Set([...dequantizing.values()].map(({ input: [, scale] }) => scale));
  for (const tensor of initializer) {
    const { name, dims, dataType, rawData } = tensor, shape = dims.map(Number);
    if (dataType === WEIGHT_TYPES.float32 && !scales.has(name)) {
      weights[name] = { shape, values: floatsOf(tensor), format: "float32" };
    }
    if (dataType === WEIGHT_TYPES.float16) {
      const values = Float32Array.from(new Float16Array(rawData.slice().buffer));
      weights[name] = { shape, values, format: "float16" };
    }
    const reader = dequantizing.get(name), scale = reader && tensors.get(reader.input[1]);
    if (dataType === WEIGHT_TYPES.int8 && reader !== undefined && scale !== undefined) {
      weights[name] = { shape, values: dequantized(tensor, { reader, scale, shape }), format: "int8" };
    }
  }
  return weights;
}

function dequantized(
  { rawData }: TensorProto,
  { reader, scale, shape }: { reader: NodeProto; scale: TensorProto; shape: readonly number[] },
): Float32Array {
  const axis = Number(reader.attribute.find(({ name }) => name === "axis")?.i ?? 1);
  return dequantize({ integers: new Int8Array(rawData.slice().buffer), scale: floatsOf(scale), axis }, {
    shape,
  });
}
