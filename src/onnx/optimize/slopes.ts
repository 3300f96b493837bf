/**
 * The slopes of activations that are linear on either side of 0.
 *
 * @module
 */
import { pointwise } from "../arrange.ts";
import type { Graph, Node, Value } from "../graph.ts";
import { numberOf, type Program, rewriteValues } from "./program.ts";

/** Takes every normal number above 0 to 1 or more, and leaves 0 and what is below where they are. */
const STEEP = 1e38;

/** Whether a node asks for no more than the sign of its first input. */
export function asksForSign({ operator, inputs }: Node): boolean {
  return (operator === "Greater" && numberOf(inputs[1]) === 0) ||
    (operator === "Mul" && numberOf(inputs[1]) === Math.fround(STEEP));
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
 * Computes slopes by a product and a limit instead of comparisons: ONNX Runtime's Where takes three passes over its inputs. The slope is
 * another one only for numbers between 0 and the least normal number.
 */
export function limitSlopes(program: Program): Program {
  return rewriteValues(program, (node, { graph, of }) => {
    const [output] = node.outputs;
    if (output.type !== "float32") return undefined;
    const sloped = slopedGradient(node);
    if (sloped !== undefined && isSlope(sloped.slope)) {
      return [pointwise(graph, "Mul", [of(sloped.gradient), slopeOf(graph, of(sloped.x), sloped.slope)])];
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

function isSlope(slope: number): boolean {
  return slope >= 0 && slope < 1;
}

function slopeOf(graph: Graph, x: Value, slope: number): Value {
  const steep = pointwise(graph, "Mul", [x, graph.scalar(STEEP)]);
  return pointwise(graph, "Clip", [steep, graph.scalar(slope), graph.scalar(1)]);
}
