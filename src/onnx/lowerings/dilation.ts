/**
 * Grey-scale dilation (morphology) and its gradients.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { pointwise, reshape } from "../graph/arrange.ts";
import type { Graph, Value } from "../graph/graph.ts";
import { type Call, type Operand, plain, plainValue } from "../graph/operand.ts";
import { after, imageWindows, reach, type Windows } from "./windows.ts";

type Attributes = Pick<tf.Dilation2DAttrs, "strides" | "pad" | "dilations">;

/** The largest of each window's elements plus the filter's: `max(x[s y + r dy, s x + r dx, c] + f[dy, dx, c])` over `dy, dx`. */
export function dilation({ graph, inputs: { x, filter }, attributes }: Call<Attributes>): Operand {
  const { taps, shape } = tapSums(graph, x, filter, attributes);
  return plain(taps.length === 1 ? taps[0] : graph.emit("Max", taps, { shape }));
}

/** The gradient with respect to the image: each window's goes to the element that gave its maximum, the first of equals. */
export function dilationInputGradient(
  { graph, inputs: { x, filter, dy }, attributes }: Call<Attributes>,
): Operand {
  const { shares, rows, columns } = winners(graph, { x, filter, dy }, attributes);
  const [batch, height, width, channels] = x.shape;
  const parts = shares.map((share, tap) => {
    const places = [[rows, Math.floor(tap / columns.kernel)], [columns, tap % columns.kernel]] as const;
    return places.reduce(
      (value, [axis, index], place) => spread(graph, value, axis, { index, place: place + 1 }),
      share,
    );
  });
  const padded = parts.length === 1 ? parts[0] : graph.emit("Sum", parts, { shape: parts[0].shape });
  const limits = [[rows.before, columns.before], [rows.before + height, columns.before + width], [1, 2]];
  const inputs = [padded, ...limits.map((values) => graph.integers(values))];
  return plain(graph.emit("Slice", inputs, { shape: [batch, height, width, channels] }));
}

/** The gradient with respect to the filter. */
export function dilationFilterGradient(
  { graph, inputs: { x, filter, dy }, attributes }: Call<Attributes>,
): Operand {
  const { shares } = winners(graph, { x, filter, dy }, attributes);
  const channels = x.shape[3];
  const sums = shares.map((share) =>
    graph.emit("ReduceSum", [share, graph.integers([0, 1, 2])], {
      shape: [1, 1, 1, channels],
      attributes: { keepdims: 1 },
    })
  );
  const shape = [sums.length, 1, 1, channels];
  const joined = sums.length === 1 ? sums[0] : graph.emit("Concat", sums, { shape, attributes: { axis: 0 } });
  return plain(reshape(graph, joined, filter.shape));
}

/** The gradient where each tap gave the maximum, 0 elsewhere. */
function winners(
  graph: Graph,
  { x, filter, dy }: { readonly x: Operand; readonly filter: Operand; readonly dy: Operand },
  attributes: Attributes,
) {
  const { taps, shape, rows, columns } = tapSums(graph, x, filter, attributes);
  const stacked = [taps.length, ...shape];
  const raised = taps.map((tap) => reshape(graph, tap, [1, ...shape]));
  const all = taps.length === 1
    ? raised[0]
    : graph.emit("Concat", raised, { shape: stacked, attributes: { axis: 0 } });
  const winner = graph.emit("ArgMax", [all], { shape, type: "int64", attributes: { axis: 0, keepdims: 0 } });
  const gradient = plainValue(graph, dy);
  const shares = taps.map((_, tap) => {
    const won = pointwise(graph, "Equal", [winner, graph.scalar(tap, "int64")], { type: "bool" });
    return pointwise(graph, "Where", [won, gradient, graph.scalar(0)], { type: "float32" });
  });
  return { shares, rows, columns };
}

/** For each element of the filter its sum with what lies under it, `[batch, row, column, channel]`. */
function tapSums(graph: Graph, x: Operand, filter: Operand, attributes: Attributes) {
  const [batch, height, width, channels] = x.shape, [kernelHeight, kernelWidth, depth] = filter.shape;
  const info = tf.backend_util.computeDilation2DInfo(
    [batch, height, width, channels],
    [kernelHeight, kernelWidth, depth],
    attributes.strides,
    attributes.pad,
    "NHWC",
    attributes.dilations,
  );
  const [rows, columns] = imageWindows(info);
  const behind = [rows, columns].map((axis) => Math.max(after(axis), 0));
  const pads = graph.integers([0, rows.before, columns.before, 0, 0, behind[0], behind[1], 0]);
  const lowest = graph.scalar(Number.MIN_SAFE_INTEGER, x.dtype);
  const padded = graph.emit("Pad", [plainValue(graph, x), pads, lowest], {
    shape: [batch, height + rows.before + behind[0], width + columns.before + behind[1], channels],
    attributes: { mode: "constant" },
  });
  const weights = plainValue(graph, filter), shape = info.outShape;
  const taps = Array.from({ length: kernelHeight * kernelWidth }, (_, tap) => {
    const row = Math.floor(tap / kernelWidth), column = tap % kernelWidth;
    const begin = [row * rows.dilation, column * columns.dilation];
    const end = [rows, columns].map((axis, index) => begin[index] + (axis.output - 1) * axis.stride + 1);
    const limits = [begin, end, [1, 2], [rows.stride, columns.stride]].map((values) =>
      graph.integers(values)
    );
    const under = graph.emit("Slice", [padded, ...limits], { shape });
    const corner = [[row, column], [row + 1, column + 1], [0, 1]].map((values) => graph.integers(values));
    const weight = graph.emit("Slice", [weights, ...corner], { shape: [1, 1, channels] });
    return pointwise(graph, "Add", [under, weight]);
  });
  return { taps, shape, rows, columns };
}

/** Puts the elements of an axis where a tap had taken them from, zeros between and around. */
function spread(
  graph: Graph,
  value: Value,
  axis: Windows,
  { index, place }: { readonly index: number; readonly place: number },
): Value {
  const { stride, output } = axis, before = index * axis.dilation;
  const length = (output - 1) * stride + reach(axis);
  const total = Math.max(length, axis.input + axis.before);
  const pad = (tensor: Value, at: number, [front, behind]: readonly [number, number]) => {
    if (front === 0 && behind === 0) return tensor;
    const amounts = tensor.shape.map((_, other) => other === at ? [front, behind] : [0, 0]);
    const pads = graph.integers([...amounts.map((pair) => pair[0]), ...amounts.map((pair) => pair[1])]);
    return graph.emit("Pad", [tensor, pads, graph.scalar(0)], {
      shape: tensor.shape.with(at, tensor.shape[at] + front + behind),
      attributes: { mode: "constant" },
    });
  };
  if (stride === 1) return pad(value, place, [before, total - before - output]);
  const apart = pad(reshape(graph, value, value.shape.toSpliced(place + 1, 0, 1)), place + 1, [
    0,
    stride - 1,
  ]);
  const joined = reshape(graph, apart, value.shape.with(place, output * stride));
  // The zeros behind the last element may reach too far.
  const surplus = before + output * stride - total;
  if (surplus <= 0) return pad(joined, place, [before, -surplus]);
  const limits = [[0], [output * stride - surplus], [place]].map((values) => graph.integers(values));
  const cut = graph.emit("Slice", [joined, ...limits], {
    shape: value.shape.with(place, output * stride - surplus),
  });
  return pad(cut, place, [before, 0]);
}
