/**
 * Convolutions on blocks of channels.
 *
 * @module
 */
import { reshape } from "../arrange.ts";
import { type Attribute, type Graph, type Node, sizeOf, type Value } from "../graph.ts";
import type { Layouts } from "./layouts.ts";
import type { Consumers } from "./program.ts";
import { asksForSign } from "./slopes.ts";

/** Below this many multiplications a convolution is done before its input is reordered. */
const LEAST_WORK = 2 ** 20;

/** An activation that a convolution applies to what it writes. */
export interface Fused {
  /** The value after the activation. */
  readonly output: Value;
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** Writes a convolution on blocks, with its activation where there is one; false where it does not qualify. */
export function blockConvolution(node: Node, layouts: Layouts, fused: Fused | undefined): boolean {
  const [x, weights, bias] = node.inputs, [output] = node.outputs, { block, graph } = layouts;
  if (block === undefined || !layouts.fits(output.shape) || x.shape.length !== 4) return false;
  const inputs = weights.shape[1], first = inputs < block;
  if ((node.attributes.group ?? 1) !== 1 || !(first || layouts.fits(x.shape))) return false;
  if (sizeOf(output.shape) * sizeOf(weights.shape.slice(1)) < LEAST_WORK) return false;
  const operands = [
    first ? layouts.plain(x) : layouts.blocked(x),
    blockedWeights(graph, layouts.plain(weights), block),
    ...bias === undefined ? [] : [layouts.plain(bias)],
  ];
  const blocked = layouts.emitBlocked("Conv", operands, {
    shape: output.shape,
    attributes: { ...node.attributes, group: 1, ...fused?.attributes },
  });
  layouts.set(output, { blocked });
  // Whoever reads the convolution itself reads its sign alone, which the activation keeps.
  if (fused !== undefined) layouts.set(fused.output, { blocked });
  return true;
}

/** The activation that alone reads the output of a convolution; its gradient may ask for the sign, which the activation keeps. */
export function fusedActivation(output: Value, consumers: Consumers): Fused | undefined {
  const readers = consumers.get(output) ?? [];
  const activations = readers.filter(({ operator }) => operator === "LeakyRelu" || operator === "Relu");
  const others = readers.filter((reader) => !activations.includes(reader));
  if (activations.length !== 1 || !others.every(asksForSign)) return undefined;
  const [{ operator, attributes, outputs: [activated] }] = activations;
  if (operator === "Relu") return { output: activated, attributes: { activation: "Relu" } };
  const alpha = Number(attributes.alpha);
  if (!(alpha > 0)) return undefined;
  return {
    output: activated,
    attributes: { activation: "LeakyRelu", "activation_params": [alpha] },
  };
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
  const turned = graph.emit("Transpose", [reshape(graph, source, lengths)], {
    shape: perm.map((place) => lengths[place]),
    attributes: { perm },
  });
  return reshape(graph, turned, shape);
}
