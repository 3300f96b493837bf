/**
 * The slopes of activations that are linear on either side of 0.
 *
 * @module
 */
import { pointwise, transpose } from "../graph/arrange.ts";
import type { Graph, Node, Value } from "../graph/graph.ts";
import {
  type Consumers,
  consumersOf,
  copyNode,
  numberOf,
  type Program,
  rewriteValues,
} from "../graph/program.ts";

/** Takes every normal number above 0 to 1 or more, and leaves 0 and what is below where they are. */
export const STEEP = 1e38;
/** A power of two, so that products with it are exact. */
const LARGE = 2 ** 64;

/** Whether a node asks for no more than the sign of its first input. */
export function asksForSign({ operator, inputs, attributes }: Node): boolean {
  const second = numberOf(inputs[1]);
  if (operator === "Greater") return second === 0;
  if (operator === "Mul") return second === Math.fround(STEEP);
  if (operator === "HardSigmoid") return attributes.alpha === STEEP && attributes.beta === 0;
  return operator === "Clip" && numberOf(inputs[2]) === 1 / LARGE;
}

/** A gradient that goes through unchanged where `x` is above 0, and times `slope` elsewhere. */
export interface Sloped {
  readonly x: Value;
  readonly gradient: Value;
  readonly slope: number;
}

/** The gradient of a leaky rectifier as TensorFlow.js writes it, `where(x > 0, dy, slope * dy)`. */
export function slopedGradient(
  { operator, inputs: [condition, gradient, scaled] }: Node,
): Sloped | undefined {
  const sign = operator === "Where" ? condition.producer : undefined, product = scaled?.producer;
  if (sign?.operator !== "Greater" || numberOf(sign.inputs[1]) !== 0 || product?.operator !== "Mul") {
    return undefined;
  }
  const slope = numberOf(product.inputs[1]);
  return product.inputs[0] === gradient && slope !== undefined
    ? { x: sign.inputs[0], gradient, slope }
    : undefined;
}

/** `where(x > 0, dy, slope * dy)` */
export function emitSlopedGradient(graph: Graph, { x, gradient, slope }: Sloped): Value {
  const positive = pointwise(graph, "Greater", [x, graph.scalar(0)], { type: "bool" });
  const scaled = pointwise(graph, "Mul", [gradient, graph.scalar(slope)]);
  return pointwise(graph, "Where", [positive, gradient, scaled], { type: "float32" });
}

/**
 * Computes slopes by limits instead of comparisons: ONNX Runtime's Where takes three passes over its inputs. The slope is another one
 * only for numbers between 0 and the least normal number.
 *
 * Where the gradient comes from a convolution that nobody else reads, the convolution gives it 2^64 times as large, and the limits
 * are as much smaller: what is between them then needs no product of its own. The slope is another one for numbers between 0 and 2^-64.
 */
export function limitSlopes(program: Program): Program {
  const larger = convolutionsBefore(program);
  return rewriteValues(program, (node, { graph, of }) => {
    const [output] = node.outputs;
    if (larger.has(node)) {
      const [x, weights] = node.inputs.map(of);
      return copyNode(graph, node, [x, timesLarge(graph, weights)]);
    }
    if (output.type !== "float32") return undefined;
    const sloped = slopedGradient(node);
    if (sloped !== undefined && isSlope(sloped.slope)) {
      const x = of(sloped.x), isLarger = larger.has(sloped.gradient.producer);
      const slope = isLarger
        ? pointwise(graph, "Clip", [x, graph.scalar(sloped.slope / LARGE), graph.scalar(1 / LARGE)])
        : slopeOf(graph, x, sloped.slope);
      return [pointwise(graph, "Mul", [of(sloped.gradient), slope])];
    }
    const sign = node.operator === "Where" ? node.inputs[0].producer : undefined,
      slope = numberOf(node.inputs[2]);
    const isStep = sign?.operator === "Greater" && numberOf(sign.inputs[1]) === 0 &&
      numberOf(node.inputs[1]) === 1;
    if (!isStep || slope === undefined || !isSlope(slope) || sign.inputs[0].type !== "float32") {
      return undefined;
    }
    return [slopeOf(graph, of(sign.inputs[0]), slope)];
  });
}

/** The convolutions whose only reader is the gradient of a leaky rectifier. */
function convolutionsBefore(program: Program): ReadonlySet<Node | undefined> {
  const consumers = consumersOf(program), outputs = new Set(program.outputs);
  return new Set(program.nodes.flatMap((node) => {
    const sloped = slopedGradient(node), convolution = sloped?.gradient.producer;
    const isLeaky = sloped !== undefined && isSlope(sloped.slope) && sloped.slope > 0;
    if (!isLeaky || convolution?.operator !== "Conv" || convolution.inputs.length > 2) return [];
    const product = node.inputs[2],
      isReadHere = (reader: Node) => reader === node || reader === product.producer;
    const isAlone = readersOf(sloped.gradient, consumers).every(isReadHere) &&
      readersOf(product, consumers).every((reader) => reader === node);
    return isAlone && !outputs.has(sloped.gradient) && !outputs.has(product) ? [convolution] : [];
  }));
}

function readersOf(value: Value, consumers: Consumers): readonly Node[] {
  return consumers.get(value) ?? [];
}

/** Weights times 2^64, before they are transposed, so that transpositions can still meet. */
function timesLarge(graph: Graph, weights: Value): Value {
  const { producer } = weights, isTransposed = producer?.operator === "Transpose";
  const source = isTransposed ? producer.inputs[0] : weights;
  const product = pointwise(graph, "Mul", [source, graph.scalar(LARGE)]);
  return isTransposed ? transpose(graph, product, producer.attributes.perm as readonly number[]) : product;
}

function isSlope(slope: number): boolean {
  return slope >= 0 && slope < 1;
}

function slopeOf(graph: Graph, x: Value, slope: number): Value {
  if (slope === 0) return pointwise(graph, "HardSigmoid", [x], { attributes: { alpha: STEEP, beta: 0 } });
  const steep = pointwise(graph, "Mul", [x, graph.scalar(STEEP)]);
  return pointwise(graph, "Clip", [steep, graph.scalar(slope), graph.scalar(1)]);
}
