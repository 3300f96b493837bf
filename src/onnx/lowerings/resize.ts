/**
 * Images of another size.
 *
 * Each axis is resized by a matrix that is known when the program is recorded, so that its gradient is the product with the matrix
 * turned over, whichever way the corners are taken.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { cast } from "../graph/arrange.ts";
import type { Graph, Value } from "../graph/graph.ts";
import { type Call, channelsFirst, channelsFirstValue, type Operand } from "../graph/operand.ts";

type Attributes = Pick<tf.ResizeBilinearAttrs, "alignCorners" | "halfPixelCenters">;

/** What an element of the result is made of. */
type Mixture = readonly { readonly from: number; readonly weight: number }[];

/** The element whose place is nearest. */
export function resizeNearest(
  { graph, inputs: { images }, attributes }: Call<Attributes & { size: number[] }>,
): Operand {
  const [batch, , , channels] = images.shape, { size } = attributes;
  const shape = [batch, ...size, channels];
  const value = channelsFirstValue(graph, images);
  const factors = size.map((length, axis) => length / images.shape[axis + 1]);
  if (!attributes.alignCorners && factors.every(Number.isInteger) && images.dtype === "float32") {
    return channelsFirst(repeated(graph, value, factors), shape);
  }
  const resized = size.reduce((result, length, axis) => {
    const sources = mixtures(images.shape[axis + 1], length, attributes, nearest).map(([{ from }]) => from);
    if (sources.length === images.shape[axis + 1] && sources.every((from, index) => from === index)) {
      return result;
    }
    const indices = graph.constant(Int32Array.from(sources), { type: "int32", shape: [length] });
    return graph.emit("Gather", [result, indices], {
      shape: result.shape.with(axis + 2, length),
      attributes: { axis: axis + 2 },
    });
  }, value);
  return channelsFirst(resized, shape);
}

/** Between elements in proportion to the distance. */
export function resizeBilinear(
  { graph, inputs: { images }, attributes }: Call<Attributes & { size: number[] }>,
): Operand {
  const [batch, height, width, channels] = images.shape, { size } = attributes;
  const matrices = [height, width].map((length, axis) => mixtures(length, size[axis], attributes, bilinear));
  const value = resized(graph, cast(graph, channelsFirstValue(graph, images), "float32"), matrices);
  return channelsFirst(value, [batch, ...size, channels]);
}

/** The gradient of {@linkcode resizeNearest}: each element gets the sum of those that it was copied to. */
export const resizeNearestGradient = gradient(nearest);
/** The gradient of {@linkcode resizeBilinear}; the `cpu` backend of TensorFlow.js leaves `halfPixelCenters` out. */
export const resizeBilinearGradient = gradient(bilinear);

function gradient(place: typeof nearest): (call: Call<Attributes>) => Operand {
  return ({ graph, inputs: { dy, images }, attributes }) => {
    const matrices = [1, 2].map((axis) => {
      const columns = Array.from(
        { length: images.shape[axis] },
        (): { from: number; weight: number }[] => [],
      );
      mixtures(images.shape[axis], dy.shape[axis], attributes, place).forEach((mixture, index) => {
        for (const { from, weight } of mixture) columns[from].push({ from: index, weight });
      });
      return columns;
    });
    return channelsFirst(resized(graph, channelsFirstValue(graph, dy), matrices), images.shape);
  };
}

/** Rows and columns mixed from those of a value with channels first. */
function resized(graph: Graph, value: Value, [rows, columns]: readonly (readonly Mixture[])[]): Value {
  const [batch, channels, height, width] = value.shape;
  const wide = isIdentity(columns, width) ? value : graph.emit(
    "MatMul",
    [value, matrix(graph, columns, width, "columns")],
    { shape: [batch, channels, height, columns.length] },
  );
  if (isIdentity(rows, height)) return wide;
  return graph.emit("MatMul", [matrix(graph, rows, height, "rows"), wide], {
    shape: [batch, channels, rows.length, columns.length],
  });
}

function matrix(graph: Graph, mixture: readonly Mixture[], length: number, side: "rows" | "columns"): Value {
  const elements = new Float32Array(mixture.length * length);
  mixture.forEach((parts, index) => {
    for (const { from, weight } of parts) {
      elements[side === "rows" ? index * length + from : from * mixture.length + index] += weight;
    }
  });
  const shape = side === "rows" ? [mixture.length, length] : [length, mixture.length];
  return graph.constant(elements, { type: "float32", shape });
}

function isIdentity(mixture: readonly Mixture[], length: number): boolean {
  return mixture.length === length &&
    mixture.every((parts, index) => parts.every(({ from, weight }) => from === index || weight === 0));
}

/** ONNX's own operator where it can't round otherwise: the factors are whole. */
function repeated(graph: Graph, value: Value, [rows, columns]: readonly number[]): Value {
  if (rows === 1 && columns === 1) return value;
  const [batch, channels, height, width] = value.shape;
  const region = graph.constant(new Float32Array(0), { type: "float32", shape: [0] });
  const factors = graph.constant(Float32Array.of(1, 1, rows, columns), { type: "float32", shape: [4] });
  return graph.emit("Resize", [value, region, factors], {
    shape: [batch, channels, height * rows, width * columns],
    attributes: {
      mode: "nearest",
      "coordinate_transformation_mode": "asymmetric",
      "nearest_mode": "floor",
    },
  });
}

/** Where TensorFlow.js puts each of `output` elements among `input` ones. */
function mixtures(input: number, output: number, attributes: Attributes, place: typeof nearest): Mixture[] {
  const aligned = attributes.alignCorners && output > 1;
  const ratio = aligned ? (input - 1) / (output - 1) : input / output;
  return Array.from({ length: output }, (_, index) => place(index, ratio, input, attributes));
}

function nearest(index: number, ratio: number, input: number, attributes: Attributes): Mixture {
  const at = attributes.halfPixelCenters ? ratio * (index + 0.5) : ratio * index;
  const from = Math.min(input - 1, attributes.alignCorners ? Math.round(at) : Math.floor(at));
  return [{ from, weight: 1 }];
}

function bilinear(index: number, ratio: number, input: number, attributes: Attributes): Mixture {
  const at = attributes.halfPixelCenters ? ratio * (index + 0.5) - 0.5 : ratio * index;
  const lower = Math.max(0, Math.floor(at)), upper = Math.min(input - 1, Math.ceil(at)), share = at - lower;
  return lower === upper
    ? [{ from: lower, weight: 1 }]
    : [{ from: lower, weight: 1 - share }, { from: upper, weight: share }];
}
