/**
 * The gradient of max-pooling along one axis as a tournament.
 *
 * The maximum of a window is found in steps, each of two halves that may overlap; the gradient goes back the same way, to the first
 * half where the halves are equal. So each step is a comparison and a sum on the whole tensor, and nothing is scattered.
 *
 * @module
 */
import { pointwise, reshape } from "../graph/arrange.ts";
import type { Graph, Value } from "../graph/graph.ts";
import { bordered } from "./border.ts";

/** The windows of a pooling along one axis. */
export interface Windows {
  readonly kernel: number;
  readonly stride: number;
  readonly left: number;
  readonly right: number;
}

/** What a tournament is written with. */
export interface Means {
  readonly graph: Graph;
  /** The maxima of windows along the width of [batch, blocks, height, width, block]. */
  pool(x: Value, windows: Windows): Value;
  /** A gradient in two parts: where the contestant is the winner, and where it is not. */
  part(
    gradient: Value,
    compared: { readonly contestant: Value; readonly winner: Value },
  ): readonly [Value, Value];
}

/** The gradient of the signal [batch, blocks, height, width, block], out of that of its maxima, `dy`, with a width of one for each window. */
export function tournamentGradient(
  means: Means,
  { signal, dy }: { readonly signal: Value; readonly dy: Value },
  { kernel, stride, left, right }: Windows,
): Value {
  const { graph } = means, windows = dy.shape[3], length = signal.shape[3];
  // Windows that a stride divides are windows with stride 1 over groups of that length.
  const step = kernel % stride === 0 ? stride : 1, window = kernel / step;
  const groups = (step === stride ? windows - 1 : (windows - 1) * stride) + window;
  const padded = shifted(graph, signal, { front: left, length: left + length + right, fill: LOWEST });
  const first = step === 1
    ? shifted(graph, padded, { front: 0, length: groups, fill: 0 })
    : shifted(graph, means.pool(padded, { kernel: step, stride: step, left: 0, right: 0 }), {
      front: 0,
      length: groups,
      fill: 0,
    });
  // Every stage is as long as the groups: windows that reach beyond the end have no gradient.
  const spans = spansOf(window);
  const stages = spans.map((span) =>
    span === 1 ? first : means.pool(first, { kernel: span, stride: 1, left: 0, right: span - 1 })
  );
  let gradient = shifted(graph, step === stride ? dy : spread(graph, dy, stride), {
    front: 0,
    length: groups,
    fill: 0,
  });
  for (let index = spans.length - 2; index >= 0; index--) {
    const [own, other] = means.part(gradient, { contestant: stages[index], winner: stages[index + 1] });
    const moved = shifted(graph, other, { front: spans[index + 1] - spans[index], length: groups, fill: 0 });
    gradient = pointwise(graph, "Add", [own, moved]);
  }
  const parts: Value[] = [];
  for (let place = 0; place < step - 1; place++) {
    const contestant = every(means, padded, { place, step, count: groups });
    const [own, other] = means.part(gradient, { contestant, winner: first });
    parts.push(own);
    gradient = other;
  }
  const joined = step === 1 ? gradient : interleaved(graph, [...parts, gradient]);
  const inner = shifted(graph, joined, { front: 0, length: left + length + right, fill: 0 });
  return shifted(graph, inner, { front: -left, length, fill: 0 });
}

const LOWEST = -3.4028234663852886e38;

/** Lengths of windows from 1 to the whole, each at most twice the one before. */
function spansOf(window: number): number[] {
  const spans = [1];
  while (spans[spans.length - 1] < window) spans.push(Math.min(2 * spans[spans.length - 1], window));
  return spans;
}

/** Moved along the width by `front`, which may be negative, and cut or filled at the end to a length. */
function shifted(
  graph: Graph,
  value: Value,
  { front, length, fill }: { readonly front: number; readonly length: number; readonly fill: number },
): Value {
  const width = value.shape[3], back = length - width - front;
  if (front === 0 && back === 0) return value;
  const shape = value.shape.map((old, axis) => axis === 3 ? length : old);
  if (front <= 0 && back <= 0) {
    const limits = [[-front], [-front + length], [3]].map((limit) => graph.integers(limit));
    return graph.emit("Slice", [value, ...limits], { shape });
  }
  if (front >= 0 && back >= 0) return bordered(graph, value, { axis: 3, before: front, after: back, fill });
  const pads = [0, 0, 0, front, 0, 0, 0, 0, back, 0];
  return graph.emit("Pad", [value, graph.integers(pads), graph.scalar(fill)], {
    shape,
    attributes: { mode: "constant" },
  });
}

/** Every `step`th element of the width from `place` on. */
function every(
  { graph, pool }: Means,
  value: Value,
  { place, step, count }: { readonly place: number; readonly step: number; readonly count: number },
): Value {
  // Windows of one element have threads, and Slice has none.
  if (place === 0 && Math.ceil(value.shape[3] / step) === count) {
    return pool(value, { kernel: 1, stride: step, left: 0, right: 0 });
  }
  const shape = value.shape.map((length, axis) => axis === 3 ? count : length);
  const limits = [[place], [place + (count - 1) * step + 1], [3], [step]].map((limit) =>
    graph.integers(limit)
  );
  return graph.emit("Slice", [value, ...limits], { shape });
}

/** The elements of several along the width in turns. */
function interleaved(graph: Graph, parts: readonly Value[]): Value {
  const [batch, blocks, height, width, block] = parts[0].shape;
  const joined = graph.emit("Concat", parts, {
    shape: [batch, blocks, height, width, parts.length * block],
    attributes: { axis: 4 },
  });
  return reshape(graph, joined, [batch, blocks, height, width * parts.length, block]);
}

/** Elements of the width with `stride - 1` zeros behind each. */
function spread(graph: Graph, value: Value, stride: number): Value {
  const [batch, blocks, height, width, block] = value.shape;
  const pads = [...new Array<number>(9).fill(0), (stride - 1) * block];
  const spaced = graph.emit("Pad", [value, graph.integers(pads), graph.scalar(0)], {
    shape: [batch, blocks, height, width, stride * block],
    attributes: { mode: "constant" },
  });
  return reshape(graph, spaced, [batch, blocks, height, width * stride, block]);
}
