/**
 * Convolutions on blocks of channels.
 *
 * @module
 */
import { reshape } from "../graph/arrange.ts";
import { type Graph, type Node, sizeOf, type Value } from "../graph/graph.ts";
import type { Fused } from "./fused.ts";
import { type Layouts, nominal } from "./layouts.ts";

/** Below this many multiplications a convolution is done before its input is reordered. */
const LEAST_WORK = 2 ** 20;

/** Writes a convolution on blocks, with what it does to its sums; false where it does not qualify. */
export function blockConvolution(node: Node, layouts: Layouts, fused: Fused): boolean {
  const [x, weights, bias] = node.inputs, [output] = node.outputs, { block, graph } = layouts;
  if (block === undefined || !layouts.fits(output.shape) || x.shape.length !== 4) return false;
  const inputs = weights.shape[1], first = inputs < block;
  if ((node.attributes.group ?? 1) !== 1 || !(first || layouts.fits(x.shape))) return false;
  if (sizeOf(output.shape) * sizeOf(weights.shape.slice(1)) < LEAST_WORK) return false;
  const operands = [
    first ? layouts.plain(x) : layouts.blocked(x),
    blockedWeights(graph, layouts.plain(weights), block),
  ];
  if (bias !== undefined) operands.push(layouts.plain(bias));
  if (fused.added !== undefined) {
    if (bias === undefined) operands.push(zeros(graph, output.shape[1]));
    operands.push(nominal(graph, layouts.blocked(fused.added)));
  }
  const blocked = layouts.emitBlocked("Conv", operands, {
    shape: output.shape,
    attributes: { ...node.attributes, group: 1, ...fused.activation },
  });
  for (const value of [output, ...fused.outputs]) layouts.set(value, { blocked });
  return true;
}

function zeros(graph: Graph, length: number): Value {
  return graph.constant(new Float32Array(length), { type: "float32", shape: [length] });
}

/**
 * Weights `[out, in, height, width]` as convolutions on blocks read them: `[out / block, in / block, height, width, in, out]`, where a
 * block of each is innermost, or `[out / block, in, height, width, out]` where the input has less than a block of channels.
 */
function blockedWeights(graph: Graph, weights: Value, block: number): Value {
  const { shape, producer } = weights, inBlocks = shape[1] >= block;
  // Weights come transposed from where they are kept: the two transpositions are one.
  const isTransposed = producer?.operator === "Transpose";
  const source = isTransposed ? producer.inputs[0] : weights;
  const places = isTransposed ? producer.attributes.perm as readonly number[] : [0, 1, 2, 3];
  const parted = source.shape.map((length, place) => {
    const axis = places.indexOf(place);
    return axis === 0 || (axis === 1 && inBlocks) ? [length / block, block] : [length];
  });
  const outer = places.map((place) => parted.slice(0, place).flat().length);
  const perm = [...outer, ...inBlocks ? [outer[1] + 1] : [], outer[0] + 1], lengths = parted.flat();
  const turned = turnedInSteps(graph, reshape(graph, source, lengths), perm);
  return reshape(graph, turned, shape);
}

/**
 * Axes in another order; where the last one comes before another, in two steps. ONNX Runtime moves stretches of the last axis together, and
 * single elements several times as slowly.
 */
function turnedInSteps(graph: Graph, value: Value, perm: readonly number[]): Value {
  const last = perm.length - 1, shape = perm.map((axis) => value.shape[axis]);
  if (perm[last - 1] !== last) return turned(graph, value, perm);
  const outer = turned(graph, value, [...perm.slice(0, -2), perm[last], last]);
  // Under three axes, since ONNX Runtime makes one of transpositions that follow each other.
  const blocks = reshape(graph, outer, [sizeOf(shape.slice(0, -2)), ...outer.shape.slice(-2)]);
  return reshape(graph, turned(graph, blocks, [0, 2, 1]), shape);
}

function turned(graph: Graph, value: Value, perm: readonly number[]): Value {
  return graph.emit("Transpose", [value], {
    shape: perm.map((axis) => value.shape[axis]),
    attributes: { perm },
  });
}
