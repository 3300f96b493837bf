/**
 * Convolutions before a pooling, by halves: three quarters of their multiplications.
 *
 * With an even length of kernel K, and x shifted by the padding, the elements of a convolution y = h * x at even and at odd places are
 *
 *     y[2u]     = sum_j h[2j] x[2u + 2j]     + h[2j + 1] x[2u + 2j + 1]
 *     y[2u + 1] = sum_j h[2j] x[2u + 2j + 1] + h[2j + 1] x[2u + 2j + 2],   j = 0 .. K / 2 - 1,
 *
 * four sums of K / 2 products. With s[i] = x[2i] + x[2i + 1] and p[u] = sum_j h[2j] s[u + j] they are
 *
 *     y[2u]     = p[u] + sum_j (h[2j + 1] - h[2j]) x[2u + 2j + 1]
 *     y[2u + 1] = p[u] + sum_j (h[2j - 1] - h[2j]) x[2u + 2j],             j = 0 .. K / 2, h[-1] = h[K] = 0,
 *
 * three sums, one of which has an element more. Each is a convolution of its own, with strides and dilations of 2, and s is a pooling.
 * The two halves need not be put together again where the largest of both is asked for.
 *
 * Source: Winograd, "Arithmetic complexity of computations" (1980); Mou and Duhamel, "Short-length FIR filters and their use in fast
 * nonrecursive filtering", IEEE Transactions on Signal Processing 39(6), 1991.
 *
 * @module
 */
import { pointwise } from "../graph/arrange.ts";
import { type Graph, type Node, sizeOf, type Value } from "../graph/graph.ts";
import {
  type Consumers,
  consumersOf,
  copyNode,
  integersOf,
  type Program,
  rewriteValues,
} from "../graph/program.ts";
import { bordered } from "./border.ts";
import { windowsOf } from "./max_pooling.ts";

/** Below this many taps, what is saved is as much as what the sums of pairs take. */
const LEAST_TAPS = 8;
/** Below this many multiplications a convolution is done before its parts have begun. */
const LEAST_WORK = 2 ** 22;

/** A convolution along the width that a pooling alone reads. */
interface Halved {
  readonly convolution: Node;
  /** What stands between the two: Relu, LeakyRelu, or nothing. */
  readonly activation?: Node;
  readonly pooling: Node;
}

/** Writes convolutions by halves where the channels come in whole blocks and a pooling that can take halves alone reads them. */
export function halveConvolutions(program: Program, { block }: { readonly block: number }): Program {
  const consumers = consumersOf(program), outputs = new Set(program.outputs);
  const found = program.nodes.flatMap((pooling) => {
    const halved = halvedBefore(pooling, { consumers, outputs, block });
    return halved === undefined ? [] : [halved];
  });
  const byPooling = new Map(found.map((halved) => [halved.pooling, halved]));
  const absorbed = new Set(found.flatMap(({ convolution, activation }) => [convolution, activation]));
  if (found.length === 0) return program;
  return rewriteValues(program, (node, { graph, of }) => {
    // The pooling writes them: nobody else reads what they give.
    if (absorbed.has(node)) return [];
    const halved = byPooling.get(node);
    if (halved === undefined) return undefined;
    const { convolution, activation } = halved;
    const pooled = pooledHalves(graph, halved, convolution.inputs.map(of));
    // The order of numbers is the same before and after the activation.
    return activation === undefined
      ? [pooled]
      : copyNode(graph, { ...activation, outputs: [node.outputs[0]] }, [pooled]);
  });
}

function halvedBefore(
  pooling: Node,
  { consumers, outputs, block }: {
    readonly consumers: Consumers;
    readonly outputs: ReadonlySet<Value>;
    readonly block: number;
  },
): Halved | undefined {
  const isAlone = (value: Value, reader: Node) =>
    !outputs.has(value) && (consumers.get(value) ?? []).every((other) => other === reader);
  const [, positions] = pooling.outputs;
  if (positions !== undefined && (outputs.has(positions) || consumers.has(positions))) return undefined;
  const [y] = pooling.inputs, { producer } = y;
  if (!takesHalves(pooling) || producer === undefined || !isAlone(y, pooling)) return undefined;
  if (producer.operator === "Conv") {
    return isHalvable(producer, block) ? { convolution: producer, pooling } : undefined;
  }
  const keepsOrder = producer.operator === "Relu" ||
    (producer.operator === "LeakyRelu" && Number(producer.attributes.alpha) > 0);
  const convolution = producer.inputs[0]?.producer;
  if (!keepsOrder || convolution?.operator !== "Conv" || !isAlone(producer.inputs[0], producer)) {
    return undefined;
  }
  return isHalvable(convolution, block) ? { convolution, activation: producer, pooling } : undefined;
}

/** Whether the windows of a pooling begin at even places of the width and end at odd ones, or are the whole width. */
function takesHalves(pooling: Node): boolean {
  const { operator, attributes, inputs: [x, axes] } = pooling;
  if (operator === "ReduceMax") {
    const along = integersOf(axes) ?? attributes.axes;
    return x.shape.length === 4 && String(along) === "3" && attributes.keepdims === 1;
  }
  const windows = windowsOf(pooling);
  if (windows === undefined || windows.right !== 0) return false;
  return [windows.kernel, windows.stride, windows.left].every((length) => length % 2 === 0);
}

function isHalvable({ attributes, inputs: [x, weights], outputs: [y] }: Node, block: number): boolean {
  if (x.shape.length !== 4 || (attributes.group ?? 1) !== 1) return false;
  if (x.shape[1] % block !== 0 || y.shape[1] % block !== 0) return false;
  const [top, left, bottom, right] = attributes.pads as readonly number[],
    [height, taps] = weights.shape.slice(2);
  const isPlain = height === 1 && top === 0 && bottom === 0 &&
    [attributes.strides, attributes.dilations].every((lengths) => String(lengths) === "1,1");
  // The half of even places begins one element after the padding.
  const work = sizeOf(y.shape) * sizeOf(weights.shape.slice(1));
  return isPlain && taps >= LEAST_TAPS && left >= 1 && right >= 1 && y.shape[3] >= taps && work >= LEAST_WORK;
}

/** The largest of both halves in each window of a pooling. */
function pooledHalves(graph: Graph, { convolution, pooling }: Halved, operands: readonly Value[]): Value {
  const [{ shape }] = pooling.outputs, width = convolution.outputs[0].shape[3], isOdd = width % 2 === 1;
  // A window that begins at an even place and ends at an odd one never reads a last element without a neighbour.
  const parts = halves(graph, convolution, operands, { count: Math.floor(width / 2) });
  const windows = windowsOf(pooling);
  if (windows === undefined) {
    const all = isOdd ? [...parts, lastElement(graph, convolution, operands)] : parts;
    const attributes = { axes: [3], keepdims: 1 };
    return all.map((part) => graph.emit("ReduceMax", [part], { shape, attributes }))
      .reduce((one, other) => pointwise(graph, "Max", [one, other]));
  }
  const { kernel, stride, left } = windows, largest = pointwise(graph, "Max", parts);
  // Windows of two are whole pairs.
  if (kernel === 2 && stride === 2) return largest;
  return graph.emit("MaxPool", [largest], {
    shape,
    attributes: { "kernel_shape": [1, kernel / 2], strides: [1, stride / 2], pads: [0, left / 2, 0, 0] },
  });
}

/** The last element of a convolution. */
function lastElement(
  graph: Graph,
  { attributes, outputs: [y] }: Node,
  [x, weights, ...bias]: readonly Value[],
): Value {
  const [, , , right] = attributes.pads as readonly number[], { shape } = x;
  const begin = shape[3] + right - weights.shape[3];
  const limits = [[begin], [shape[3]], [3]].map((limit) => graph.integers(limit));
  const end = graph.emit("Slice", [x, ...limits], { shape: withWidth(x, shape[3] - begin) });
  return graph.emit("Conv", [end, weights, ...bias], {
    shape: withWidth(y, 1),
    attributes: { ...attributes, pads: [0, 0, 0, right] },
  });
}

/** The first `count` elements of a convolution at even and at odd places. */
function halves(
  graph: Graph,
  { attributes, outputs: [y] }: Node,
  [x, weights, bias]: readonly Value[],
  { count }: { readonly count: number },
): readonly [Value, Value] {
  const [, left] = attributes.pads as readonly number[], offset = left % 2, width = x.shape[3] + offset;
  const taps = Math.ceil(weights.shape[3] / 2);
  const [first, second] = [0, 1].map((place) => everySecondTap(graph, weights, { place, taps }));
  const before = (left - offset) / 2;
  const pairs = Math.min(Math.ceil(width / 2), count - 1 + taps - before);
  const means = graph.emit("AveragePool", [x], {
    shape: withWidth(x, pairs),
    attributes: {
      "kernel_shape": [1, 2],
      strides: [1, 2],
      pads: [0, offset, 0, Math.max(0, 2 * pairs - width)],
      "count_include_pad": 1,
    },
  });
  // Of the pairs there are means: half their sums.
  const twice = pointwise(graph, "Mul", [first, graph.scalar(2)]);
  const common = convolve([means, twice], { step: 1, before });
  const atEven = pointwise(graph, "Sub", [second, first]);
  const atOdd = pointwise(graph, "Sub", [
    bordered(graph, second, { axis: 3, before: 1, after: 0 }),
    bordered(graph, first, { axis: 3, before: 0, after: 1 }),
  ]);
  const biased = bias === undefined ? [] : [bias];
  const even = convolve([x, atEven, ...biased], { step: 2, before: left - 1 });
  const odd = convolve([x, atOdd, ...biased], { step: 2, before: left });
  return [pointwise(graph, "Add", [even, common]), pointwise(graph, "Add", [odd, common])];

  function convolve(operands: readonly Value[], { step, before }: { step: number; before: number }): Value {
    const [input, kernel] = operands, length = kernel.shape[3];
    const after = step * (count - 1 + length - 1) + 1 - before - input.shape[3];
    return graph.emit("Conv", operands, {
      shape: withWidth(y, count),
      attributes: {
        "kernel_shape": [1, length],
        pads: [0, before, 0, Math.max(0, after)],
        strides: [1, step],
        dilations: [1, step],
      },
    });
  }
}

/** The taps of a kernel from `place` on, every second of them, and zeros up to a number of them. */
function everySecondTap(
  graph: Graph,
  weights: Value,
  { place, taps }: { readonly place: number; readonly taps: number },
): Value {
  const { shape } = weights, own = Math.ceil((shape[3] - place) / 2);
  const limits = [[place], [shape[3]], [3], [2]].map((limit) => graph.integers(limit));
  const slice = graph.emit("Slice", [weights, ...limits], { shape: withWidth(weights, own) });
  return bordered(graph, slice, { axis: 3, before: 0, after: taps - own });
}

function withWidth({ shape }: Value, width: number): number[] {
  return [...shape.slice(0, 3), width];
}
