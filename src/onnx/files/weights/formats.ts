/**
 * How a file can hold its weights.
 *
 * @module
 */

/** How a file can hold its weights; see `compressOnnx`. */
export const WEIGHT_FORMATS = ["float32", "float16", "int8"] as const;

/** How a file holds its weights. */
export type WeightFormat = typeof WEIGHT_FORMATS[number];

/** The key of the metadata that holds the format of the weights; a file of float32 weights has none. */
export const WEIGHTS_KEY = "weights";

/** ONNX's numbers of the element types of weights. */
export const WEIGHT_TYPES = { float32: 1, int8: 3, float16: 10 } as const satisfies Record<
  WeightFormat,
  number
>;
