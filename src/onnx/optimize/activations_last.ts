/**
 * Activations behind the poolings that follow them.
 *
 * @module
 */
import { reshape } from "../graph/arrange.ts";
import type { Node, Value } from "../graph/graph.ts";
import {
  type Consumers,
  consumersOf,
  copyNode,
  type Program,
  rewriteValues,
  type Rewriting,
} from "../graph/program.ts";
import { asksForSign, emitSlopedGradient, slopedGradient } from "./slopes.ts";

/** An activation whose output goes into a pooling, and nowhere else. */
interface Moved {
  /** LeakyRelu. */
  readonly activation: Node;
  /** MaxPool or ReduceMax. */
  readonly pooling: Node;
}

/**
 * Moves leaky rectifiers behind the poolings that alone read them, in both passes.
 *
 * A leaky rectifier keeps the order of numbers, so that the largest comes out the same; it then works on what pooling has left, and so
 * does its gradient: at the largest element of a window the slope is the one that the largest number has.
 */
export function moveActivationsLast(program: Program): Program {
  const consumers = consumersOf(program), outputs = new Set(program.outputs);
  const byActivation = new Map<Node, Moved>(),
    byPooling = new Map<Node, Moved>(),
    bySign = new Map<Value, Moved>();
  for (const activation of program.nodes) {
    const pooling = poolingOf(activation, consumers, outputs);
    if (pooling === undefined) continue;
    const moved = { activation, pooling };
    byActivation.set(activation, moved);
    byPooling.set(pooling, moved);
    bySign.set(activation.inputs[0], moved);
  }
  if (byActivation.size === 0) return program;
  /** What pooling gave before the activation. */
  const raw = new Map<Value, Value>();
  return rewriteValues(program, (node, rewriting) => {
    const { graph, of } = rewriting;
    if (byActivation.has(node)) return [of(node.inputs[0])];
    const moved = byPooling.get(node);
    if (moved !== undefined) {
      const [pooled, ...others] = copyNode(graph, node, node.inputs.map(of));
      raw.set(node.outputs[0], pooled);
      return [...copyNode(graph, { ...moved.activation, outputs: [node.outputs[0]] }, [pooled]), ...others];
    }
    if (node.operator === "Equal") {
      const [x, largest] = node.inputs, before = raw.get(largest);
      const isOwn = before !== undefined && byActivation.get(x.producer!)?.pooling === largest.producer;
      return isOwn ? copyNode(graph, node, [of(x), before]) : undefined;
    }
    return withSlope(node, rewriting, bySign) ??
      (isPassed(node, bySign) ? [of(slopedGradient(node)!.gradient)] : undefined);
  });
}

/** The pooling behind an activation that may move. */
function poolingOf(activation: Node, consumers: Consumers, outputs: ReadonlySet<Value>): Node | undefined {
  const [x] = activation.inputs, [activated] = activation.outputs;
  if (activation.operator !== "LeakyRelu" || !(Number(activation.attributes.alpha) > 0)) return undefined;
  if (outputs.has(x) || outputs.has(activated)) return undefined;
  const readers = (consumers.get(activated) ?? []).flatMap((reader) =>
    reader.operator === "Reshape" && !outputs.has(reader.outputs[0])
      ? consumers.get(reader.outputs[0]) ?? []
      : [reader]
  );
  const poolings = readers.filter(({ operator }) => operator === "MaxPool" || operator === "ReduceMax");
  const [pooling] = poolings, others = readers.filter((reader) => reader !== pooling);
  const isComparison = (reader: Node) =>
    reader.operator === "Equal" && reader.inputs[0] === activated && reader.inputs[1] === pooling.outputs[0];
  if (poolings.length !== 1 || !others.every(isComparison)) return undefined;
  // Whoever else reads what the activation reads is its gradient, which must come from the pooling.
  const signs = (consumers.get(x) ?? []).filter((reader) => reader !== activation);
  const isGradient = (sign: Node) =>
    asksForSign(sign) && (consumers.get(sign.outputs[0]) ?? []).every((reader) => {
      const sloped = slopedGradient(reader);
      return sloped?.x === x && sloped.slope === Math.fround(Number(activation.attributes.alpha)) &&
        poolingBehind(sloped.gradient) === pooling;
    });
  return signs.every(isGradient) ? pooling : undefined;
}

/** The pooling that a gradient comes from. */
function poolingBehind(gradient: Value): Node | undefined {
  const { producer } = gradient,
    place = producer?.operator === "Reshape" ? producer.inputs[0].producer : producer;
  if (place?.operator === "ScatterElements") {
    const positions = place.inputs[1].producer;
    const pooling = positions?.operator === "Reshape" ? positions.inputs[0].producer : positions;
    return pooling?.operator === "MaxPool" ? pooling : undefined;
  }
  // A share for each of the elements that are as large as the largest.
  const reached = place?.operator === "Mul" ? place.inputs[1].producer : undefined;
  const equal = reached?.operator === "Cast" ? reached.inputs[0].producer : undefined;
  const pooling = equal?.operator === "Equal" ? equal.inputs[1].producer : undefined;
  return pooling?.operator === "ReduceMax" ? pooling : undefined;
}

function isPassed(node: Node, bySign: ReadonlyMap<Value, Moved>): boolean {
  const sloped = slopedGradient(node);
  return sloped !== undefined && bySign.has(sloped.x);
}

/** A pooling's gradient with the slope of the activation that moved behind the pooling. */
function withSlope(
  node: Node,
  { graph, of }: Rewriting,
  bySign: ReadonlyMap<Value, Moved>,
): readonly Value[] | undefined {
  if (node.operator !== "ScatterElements" && node.operator !== "Mul") return undefined;
  const pooling = poolingBehind(node.outputs[0]);
  const moved = [...bySign.values()].find((moved) => moved.pooling === pooling);
  if (pooling === undefined || moved === undefined) return undefined;
  const slope = Math.fround(Number(moved.activation.attributes.alpha)), pooled = of(pooling.outputs[0]);
  const sloped = (gradient: Value) =>
    emitSlopedGradient(graph, { x: reshape(graph, pooled, gradient.shape), gradient, slope });
  if (node.operator === "Mul") return copyNode(graph, node, [sloped(of(node.inputs[0])), of(node.inputs[1])]);
  const [zeros, positions, updates] = node.inputs;
  // Before it is flat, so that the gradient can stay in whatever layout it has.
  const source = updates.producer?.operator === "Reshape" ? updates.producer.inputs[0] : updates;
  const flat = reshape(graph, sloped(of(source)), updates.shape);
  return copyNode(graph, node, [of(zeros), of(positions), flat]);
}
