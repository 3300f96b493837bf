/**
 * Max-pooling along one axis, and its gradient, on blocks of channels.
 *
 * @module
 */
import { pointwise, reshape } from "../graph/arrange.ts";
import { type Graph, type Node, sizeOf, type Value } from "../graph/graph.ts";
import { bordered } from "./border.ts";
import type { Layouts } from "./layouts.ts";
import { STEEP } from "./slopes.ts";

/** The windows of a pooling along one axis. */
export interface Windows {
  readonly kernel: number;
  readonly stride: number;
  readonly left: number;
  readonly right: number;
}

/** Writes a max-pooling on blocks; false where it does not qualify. Its positions are computed only if somebody reads them. */
export function blockMaxPooling(node: Node, layouts: Layouts): boolean {
  const [x] = node.inputs, [values, positions] = node.outputs, pooling = windowsOf(node);
  if (pooling === undefined || !layouts.isBlocked(x)) return false;
  const pooled = pool(layouts, turned(layouts, x), pooling);
  const [batch, blocks, height, width, block] = pooled.shape;
  const shape = x.shape[3] === 1 ? [batch, blocks, width, height, block] : pooled.shape;
  layouts.set(values, { blocked: reshape(layouts.graph, pooled, shape) });
  if (positions !== undefined) {
    layouts.set(positions, {
      make: () =>
        layouts.graph.emitSeveral(
          "MaxPool",
          [layouts.plain(x)],
          node.outputs.map(
            ({ shape, type }) => ({ shape, type, attributes: node.attributes }),
          ),
        )[1],
    });
  }
  return true;
}

/**
 * The gradient of max-pooling, recorded as a scattering of gradients to positions, by comparisons; false where it does not qualify.
 *
 * The maximum of a window is found in steps, each of two halves that may overlap, as a tournament; the gradient goes back the same way,
 * to the first half where the halves are equal. So each step is a comparison and a sum on the whole tensor, and nothing is scattered.
 */
export function maxPoolingGradient(node: Node, layouts: Layouts): boolean {
  const [zeros, indices, updates] = node.inputs, [output] = node.outputs, { graph } = layouts;
  const positions = source(indices), pooling = positions?.producer && windowsOf(positions.producer);
  if (node.attributes.reduction !== "add" || positions?.producer?.operator !== "MaxPool") return false;
  const { producer: { inputs: [x], outputs: [values] } } = positions;
  const isWhole = positions === positions.producer.outputs[1] && sizeOf(x.shape) === zeros.shape[0];
  if (!isWhole || !isZeros(zeros) || pooling === undefined || !layouts.isBlocked(x)) return false;
  const gradients = source(updates);
  const dy = layouts.fits(gradients.shape) && sizeOf(gradients.shape) === sizeOf(values.shape) &&
      gradients.shape[0] === values.shape[0] && gradients.shape[1] === values.shape[1]
    ? layouts.blocked(gradients)
    : layouts.intoBlocks(reshape(graph, layouts.plain(updates), values.shape));
  const signal = turned(layouts, x),
    [batch, blocks, , , block] = dy.shape,
    [, , height, width] = values.shape;
  const along = x.shape[3] === 1 ? [1, height] : [height, width];
  const gradient = reshape(graph, dy, [batch, blocks, ...along, block]);
  const back = gradientOf(layouts, { signal, dy: gradient }, pooling);
  layouts.setView(output, x.shape, reshape(graph, back, layouts.blocked(x).shape));
  return true;
}

/** What a value is another shape of. */
function source(value: Value): Value {
  return value.producer?.operator === "Reshape" ? value.producer.inputs[0] : value;
}

function isZeros({ producer }: Value): boolean {
  return producer?.operator === "Expand" && producer.inputs[0].constant?.[0] === 0;
}

/** The windows of a max-pooling along the width, or along the height where the width is 1; undefined where they are none. */
export function windowsOf({ operator, inputs, outputs, attributes }: Node): Windows | undefined {
  const kernel = attributes.kernel_shape as readonly number[],
    strides = attributes.strides as readonly number[];
  if (operator !== "MaxPool" || kernel?.length !== 2 || attributes.ceil_mode === 1) return undefined;
  const pads = attributes.pads as readonly number[], along = inputs[0].shape[3] === 1 ? 0 : 1;
  const across = 1 - along, isFlat = kernel[across] === 1 && strides[across] === 1;
  if (
    !isFlat || pads[across] !== 0 || pads[across + 2] !== 0 || String(attributes.dilations ?? "1,1") !== "1,1"
  ) {
    return undefined;
  }
  const pooling = {
    kernel: kernel[along],
    stride: strides[along],
    left: pads[along],
    right: pads[along + 2],
  };
  const length = inputs[0].shape[2 + along] + pooling.left + pooling.right;
  const outputsFit =
    outputs[0].shape[2 + along] === Math.floor((length - pooling.kernel) / pooling.stride) + 1;
  return outputsFit ? pooling : undefined;
}

/** The blocked input with the pooled axis as its width. */
function turned(layouts: Layouts, x: Value): Value {
  const blocked = layouts.blocked(x), [batch, blocks, height, width, block] = blocked.shape;
  return width === 1 ? reshape(layouts.graph, blocked, [batch, blocks, 1, height, block]) : blocked;
}

function pool(layouts: Layouts, x: Value, { kernel, stride, left, right }: Windows): Value {
  const [batch, blocks, height, width, block] = x.shape;
  return layouts.emitBlocked("MaxPool", [x], {
    shape: [batch, blocks * block, height, Math.floor((width + left + right - kernel) / stride) + 1],
    attributes: { "kernel_shape": [1, kernel], strides: [1, stride], pads: [0, left, 0, right] },
  });
}

function gradientOf(
  layouts: Layouts,
  { signal, dy }: { readonly signal: Value; readonly dy: Value },
  { kernel, stride, left, right }: Windows,
): Value {
  const { graph } = layouts, windows = dy.shape[3], length = signal.shape[3];
  // Windows that a stride divides are windows with stride 1 over groups of that length.
  const step = kernel % stride === 0 ? stride : 1, window = kernel / step;
  const groups = (step === stride ? windows - 1 : (windows - 1) * stride) + window;
  const padded = shifted(graph, signal, { front: left, length: left + length + right, fill: LOWEST });
  const first = step === 1
    ? shifted(graph, padded, { front: 0, length: groups, fill: 0 })
    : shifted(graph, pool(layouts, padded, { kernel: step, stride: step, left: 0, right: 0 }), {
      front: 0,
      length: groups,
      fill: 0,
    });
  // Every stage is as long as the groups: windows that reach beyond the end have no gradient.
  const spans = spansOf(window);
  const stages = spans.map((span) =>
    span === 1 ? first : pool(layouts, first, { kernel: span, stride: 1, left: 0, right: span - 1 })
  );
  let gradient = shifted(graph, step === stride ? dy : spread(graph, dy, stride), {
    front: 0,
    length: groups,
    fill: 0,
  });
  for (let index = spans.length - 2; index >= 0; index--) {
    const [own, other] = shared(graph, gradient, stages[index], stages[index + 1]);
    const moved = shifted(graph, other, { front: spans[index + 1] - spans[index], length: groups, fill: 0 });
    gradient = pointwise(graph, "Add", [own, moved]);
  }
  const parts: Value[] = [];
  for (let place = 0; place < step - 1; place++) {
    const [own, other] = shared(
      graph,
      gradient,
      every(layouts, padded, { place, step, count: groups }),
      first,
    );
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

/**
 * A gradient parted in two: where a contestant is the winner, and where it is not. Who is behind by less than the least normal number is
 * taken for a winner in part.
 */
function shared(graph: Graph, gradient: Value, contestant: Value, winner: Value): readonly [Value, Value] {
  const behind = pointwise(graph, "Sub", [contestant, winner]);
  const wins = pointwise(graph, "HardSigmoid", [behind], { attributes: { alpha: STEEP, beta: 1 } });
  const own = pointwise(graph, "Mul", [gradient, wins]);
  return [own, pointwise(graph, "Sub", [gradient, own])];
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
  layouts: Layouts,
  value: Value,
  { place, step, count }: { readonly place: number; readonly step: number; readonly count: number },
): Value {
  const { graph } = layouts;
  // Windows of one element have threads, and Slice has none.
  if (place === 0 && Math.ceil(value.shape[3] / step) === count) {
    return pool(layouts, value, { kernel: 1, stride: step, left: 0, right: 0 });
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
