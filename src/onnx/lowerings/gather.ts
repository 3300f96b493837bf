/**
 * Elements by position.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { cast, pointwise, reshape, transpose } from "../graph/arrange.ts";
import { type Graph, sizeOf } from "../graph/graph.ts";
import { type Call, filled, type Operand, operandType, plain, plainValue } from "../graph/operand.ts";
import { placeholder, slice } from "./slice.ts";

/** Slices of an axis by position, for each index of the first `batchDims` axes by positions of its own. */
export function gather({ graph, inputs: { x, indices }, attributes }: Call<tf.GatherV2Attrs>): Operand {
  const [axis] = tf.util.parseAxisParam(attributes.axis, [...x.shape]);
  tf.backend_util.segment_util.collectGatherOpShapeInfo(
    placeholder(x),
    placeholder(indices),
    axis,
    attributes.batchDims,
  );
  const batch = attributes.batchDims < 0 ? indices.shape.length + attributes.batchDims : attributes.batchDims;
  if (batch) return gatherInBatch(graph, { x, indices }, { axis, batch });
  const shape = x.shape.toSpliced(axis, 1, ...indices.shape);
  const inputs = [plainValue(graph, x), cast(graph, plainValue(graph, indices), "int32")];
  return plain(graph.emit("Gather", inputs, { shape, attributes: { axis } }));
}

function gatherInBatch(
  graph: Graph,
  { x, indices }: { readonly x: Operand; readonly indices: Operand },
  { axis, batch }: { readonly axis: number; readonly batch: number },
): Operand {
  // GatherND takes the axis behind those of the batch; the axes between go behind it, and back afterwards.
  const axes = x.shape.map((_, other) => other);
  const between = axes.slice(batch, axis);
  const data = transpose(
    graph,
    plainValue(graph, x),
    axes.toSpliced(batch, axis - batch).toSpliced(batch + 1, 0, ...between),
  );
  const positions = reshape(graph, cast(graph, plainValue(graph, indices), "int64"), [...indices.shape, 1]);
  const gathered = graph.emit("GatherND", [data, positions], {
    shape: [...indices.shape, ...data.shape.slice(batch + 1)],
    attributes: { "batch_dims": batch },
  });
  const places = gathered.shape.map((_, place) => place), count = indices.shape.length;
  const order = places.toSpliced(count, between.length).toSpliced(
    batch,
    0,
    ...places.slice(count, count + between.length),
  );
  return plain(transpose(graph, gathered, order));
}

/** Elements or slices by their positions on the first axes. */
export function gatherAt({ graph, inputs: { params, indices } }: Call): Operand {
  tf.backend_util.prepareAndValidate(placeholder(params), placeholder(indices));
  const shape = [...indices.shape.slice(0, -1), ...params.shape.slice(indices.shape.at(-1))];
  if (shape.includes(0)) return filled(0, shape, params.dtype);
  const inputs = [plainValue(graph, params), cast(graph, plainValue(graph, indices), "int64")];
  return plain(graph.emit("GatherND", inputs, { shape }));
}

/** 1 at each position, 0 elsewhere, or two other values. */
export function oneHot({ graph, inputs: { indices }, attributes }: Call<tf.OneHotAttrs>): Operand {
  const { depth, onValue, offValue } = attributes;
  const dtype = operandType(attributes.dtype);
  const positions = reshape(graph, plainValue(graph, indices), [...indices.shape, 1]);
  const classes = graph.constant(Int32Array.from({ length: depth }, (_, index) => index), {
    type: "int32",
    shape: [depth],
  });
  const hit = pointwise(graph, "Equal", [positions, classes], { type: "bool" });
  const type = dtype === "bool" ? "int32" : dtype;
  const chosen = pointwise(graph, "Where", [hit, graph.scalar(onValue, type), graph.scalar(offValue, type)], {
    type,
  });
  return plain(cast(graph, chosen, dtype));
}

/** The sum of the slices that carry each segment's number; the gradient of a gather. Slices of other numbers are left out. */
export function segmentSum(
  { graph, inputs: { x, segmentIds }, attributes: { numSegments } }: Call<tf.UnsortedSegmentSumAttrs>,
): Operand {
  const rest = x.shape.slice(segmentIds.shape.length), count = sizeOf(segmentIds.shape);
  const shape = [numSegments, ...rest], grown = [numSegments + 1, ...rest];
  if (sizeOf(x.shape) === 0) return filled(0, shape, x.dtype);
  const numbers = cast(graph, plainValue(graph, segmentIds), "int64");
  const [zero, end] = [0, numSegments].map((limit) => graph.scalar(limit, "int64"));
  const inside = pointwise(graph, "And", [
    pointwise(graph, "GreaterOrEqual", [numbers, zero], { type: "bool" }),
    pointwise(graph, "Less", [numbers, end], { type: "bool" }),
  ]);
  const kept = pointwise(graph, "Where", [inside, numbers, end], { type: "int64" });
  const inputs = [
    plainValue(graph, filled(0, grown, x.dtype)),
    reshape(graph, kept, [count, 1]),
    reshape(graph, plainValue(graph, x), [count, ...rest]),
  ];
  const sums = graph.emit("ScatterND", inputs, { shape: grown, attributes: { reduction: "add" } });
  return slice({ graph, inputs: { x: plain(sums) }, attributes: { begin: grown.map(() => 0), size: shape } });
}
