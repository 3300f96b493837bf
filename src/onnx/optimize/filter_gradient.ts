/**
 * The gradient of a convolution with respect to its filter.
 *
 * It is recorded as the convolution of the input with the output's gradient, batch and channels swapped in both. That is the best way
 * only where channels are few.
 *
 * @module
 */
import { pointwise, reshape, transpose } from "../graph/arrange.ts";
import { type Graph, type Node, sameShape, sizeOf, type Value } from "../graph/graph.ts";
import { bordered } from "./border.ts";
import { type Layouts, NCHWC, nominal } from "./layouts.ts";

/** Below this many multiplications of a row, starting an operator costs more than it gains. */
const LEAST_WORK = 2 ** 17;
/** What a convolution on blocks computes at once. */
const ENOUGH_BLOCKS = 4;
/** From this many pairs of channels on, a product of matrices for each tap is faster than the convolution that was recorded. */
const MANY_PAIRS = 1025;

/** Writes a filter gradient in a faster way; false where the node is none, or has none. */
export function filterGradient(node: Node, layouts: Layouts): boolean {
  const found = unswapped(node, layouts);
  return found !== undefined && (byRow(node, found, layouts) || byTap(node, found, layouts));
}

/** A value `[batch, channel, height, width]` that may be asked for in blocks. */
interface Unswapped {
  readonly shape: readonly number[];
  plain(): Value;
  blocked(): Value;
}

interface Operands {
  /** The input of the convolution. */
  readonly x: Unswapped;
  /** The gradient of its output. */
  readonly dy: Unswapped;
}

function unswapped(node: Node, layouts: Layouts): Operands | undefined {
  const [left, right] = node.inputs, [{ shape }] = node.outputs;
  // The filter has less taps than the signal has samples.
  const isGradient = node.inputs.length === 2 && shape.length === 4 && (node.attributes.group ?? 1) === 1 &&
    right.shape[2] * right.shape[3] > shape[2] * shape[3] && isOnes(node.attributes.strides);
  const x = isGradient ? swapBack(left, layouts) : undefined,
    dy = isGradient ? swapBack(right, layouts) : undefined;
  return x && dy && { x, dy };
}

function isOnes(strides: unknown): boolean {
  return Array.isArray(strides) && strides.every((stride) => stride === 1);
}

function swapBack(old: Value, layouts: Layouts): Unswapped | undefined {
  const [first, second, height, width] = old.shape,
    shape = [second, first, height, width],
    { producer } = old;
  const isTransposed = producer?.operator === "Transpose" && String(producer.attributes.perm) === "1,0,2,3";
  // Axes of length 1 are swapped by name alone.
  const isReshaped = producer?.operator === "Reshape" && sameShape(producer.inputs[0].shape, shape);
  if (isTransposed || isReshaped) {
    const [source] = producer.inputs;
    return { shape, plain: () => layouts.plain(source), blocked: () => layouts.blocked(source) };
  }
  if (first !== 1 && second !== 1) return undefined;
  const plain = () => reshape(layouts.graph, layouts.plain(old), shape);
  return { shape, plain, blocked: () => layouts.intoBlocks(plain()) };
}

/**
 * Row by row of the batch, as groups of one convolution, or of two where the rows are no whole blocks.
 *
 * The gradient `[out, time]` of one row has, in blocks, the very layout that weights have for one input channel and `time` taps, so that
 * it is the filter. That row's input is the image, one channel below the other: what comes out is as wide as the kernel. If the input is
 * in blocks, it is an image too, a block of channels beside the next sample's, and the filter takes steps of a block: what comes out are
 * all channels of a block for each tap. No tensor is transposed, a row's gradient stays in the cache, and sums stay in registers for the
 * length of the signal. The input is padded before, since the convolution treats outputs that see padding one by one, which here is all
 * of them.
 */
function byRow(node: Node, { x, dy }: Operands, layouts: Layouts): boolean {
  const { graph, block } = layouts, [output] = node.outputs, [, , height, width] = output.shape;
  const [batch, channels] = x.shape, [, filters, rows, samples] = dy.shape;
  const work = sizeOf(output.shape) * samples;
  const isSignal = height === 1 && rows === 1 && x.shape[2] === 1;
  if (block === undefined || !isSignal || filters % block !== 0 || work < LEAST_WORK) return false;
  // With less blocks of filters, reading an image with steps takes longer than reordering it.
  const inSteps = channels % block === 0 && filters >= ENOUGH_BLOCKS * block, step = inSteps ? block : 1;
  const [, before, , after] = node.attributes.pads as readonly number[];
  const signal = bordered(graph, step === 1 ? x.plain() : x.blocked(), { axis: 3, before, after });
  const images = reshape(graph, signal, [batch, channels / step, signal.shape[3] * step]);
  const kernels = reshape(graph, nominal(graph, dy.blocked()), [batch, filters, samples]);
  const [, dilation] = node.attributes.dilations as readonly number[];
  const parts = [filters / block, channels / step, width, step, block];
  const sums = rowLimits(batch, block).map(([from, to]) => {
    const [image, kernel] = [images, kernels].map((value) => rowsOf(graph, value, [from, to]));
    const count = to - from;
    const gradients = graph.emit("Conv", [
      reshape(graph, image, [1, ...image.shape]),
      reshape(graph, kernel, [count * filters, 1, 1, samples]),
    ], {
      shape: [1, count * filters, channels / step, width * step],
      attributes: { ...node.attributes, dilations: [1, dilation * step], pads: [0, 0, 0, 0], group: count },
      domain: NCHWC,
    });
    return summed(graph, reshape(graph, gradients, [count, sizeOf(parts)]));
  });
  const sum = sums.reduce((left, right) => pointwise(graph, "Add", [left, right]));
  const turned = transpose(graph, reshape(graph, sum, parts), [1, 3, 0, 2, 4]);
  layouts.set(output, { blocked: reshape(graph, turned, [channels, filters / block, 1, width, block]) });
  return true;
}

/** Where the rows are parted. The operator takes them for channels, and refuses more than a block that are no whole blocks. */
function rowLimits(count: number, block: number): [number, number][] {
  const rest = count % block, whole = count - rest;
  const limits: [number, number][] = [[0, whole], [whole, count]];
  return limits.filter(([from, to]) => from < to);
}

/** Some elements of the first axis. */
function rowsOf(graph: Graph, value: Value, [from, to]: readonly [number, number]): Value {
  const [count, ...rest] = value.shape;
  if (from === 0 && to === count) return value;
  const limits = [[from], [to], [0]].map((limit) => graph.integers(limit));
  return graph.emit("Slice", [value, ...limits], { shape: [to - from, ...rest] });
}

/** The sum of rows as a product of matrices, which has threads; a ReduceSum along the first axis has not. */
function summed(graph: Graph, rows: Value): Value {
  const [count, columns] = rows.shape;
  if (count === 1) return rows;
  const ones = graph.constant(new Float32Array(count).fill(1), { type: "float32", shape: [1, count] });
  return graph.emit("MatMul", [ones, rows], { shape: [1, columns] });
}

/** Zeros at the borders. */
function padded(graph: Graph, value: Value, [top, left, bottom, right]: readonly number[]): Value {
  const above = bordered(graph, value, { axis: 2, before: top, after: bottom });
  return bordered(graph, above, { axis: 3, before: left, after: right });
}

/** Tap by tap of the kernel: a product of matrices for each, summed over the batch. */
function byTap(node: Node, { x, dy }: Operands, layouts: Layouts): boolean {
  const { graph } = layouts, [output] = node.outputs;
  const [batch, channels, height] = x.shape, [, filters, , outputs] = dy.shape;
  const isSignal = height === 1 && dy.shape[2] === 1 && isOnes(node.attributes.dilations);
  if (!isSignal || channels * filters < MANY_PAIRS) return false;
  const signal = padded(graph, x.plain(), node.attributes.pads as readonly number[]);
  const rows = reshape(graph, signal, [batch, channels, signal.shape[3]]);
  const gradient = reshape(graph, transpose(graph, dy.plain(), [0, 2, 3, 1]), [batch, outputs, filters]);
  const taps = Array.from({ length: output.shape[3] }, (_, tap) => {
    const limits = [[tap], [tap + outputs], [2]].map((limit) => graph.integers(limit));
    const window = graph.emit("Slice", [rows, ...limits], { shape: [batch, channels, outputs] });
    const product = graph.emit("MatMul", [window, gradient], { shape: [batch, channels, filters] });
    return graph.emit("ReduceSum", [product, graph.integers([0])], {
      shape: [1, channels, filters],
      attributes: { keepdims: 1 },
    });
  });
  const shape = [taps.length, channels, filters];
  const joined = taps.length === 1 ? taps[0] : graph.emit("Concat", taps, { shape, attributes: { axis: 0 } });
  layouts.set(output, {
    make: () => reshape(graph, transpose(graph, joined, [1, 2, 0]), output.shape),
  });
  return true;
}
