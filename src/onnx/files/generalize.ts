/**
 * One graph for any length of the batch, from two recordings at two lengths.
 *
 * @module
 */
import { Graph, type Node, sameShape, type Value } from "../graph/graph.ts";
import { reachable } from "../graph/program.ts";
import type { Named } from "../graph/program.ts";
import type { Recording } from "../recording/recording.ts";
import { batchFactor, type Dimension, dimensionOf, type TwoLengths } from "./batch_axis.ts";

/** A graph with its inputs and outputs. */
export interface Generalized {
  readonly graph: Graph;
  readonly inputs: readonly Named[];
  readonly outputs: readonly Named[];
  /** The shapes, at any batch, of the values whose shapes follow from the batch. */
  readonly shapes: ReadonlyMap<Value, readonly Dimension[]>;
}

/**
 * Merges two recordings of one function.
 *
 * The nodes must be the same. A constant may differ only where it is a vector of int64 that says a shape, and there only by the
 * batch: in a Reshape a single such length becomes -1, anywhere else the vector is computed from the length of the input. Throws for
 * any other difference, and names the operation.
 */
export function generalize(
  short: Recording,
  long: Recording,
  lengths: TwoLengths,
): Generalized {
  const left = reachable(short.graph.nodes, short.outputs.map(({ value }) => value)).nodes;
  const right = reachable(long.graph.nodes, long.outputs.map(({ value }) => value)).nodes;
  let scope = "", layer = "";
  const graph = new Graph(() => scope, () => layer);
  const merged = new Map<Value, Value>(), partners = new Map<Value, Value>();
  const shapes = new Map<Value, readonly Dimension[]>();
  const inputs = short.inputs.map(({ name, value }, index) => {
    const input = graph.input(value.type, value.shape);
    pair(value, long.inputs[index].value, input);
    return { name, value: input };
  });
  const length = () => batchLength(graph, inputs, long);

  function pair(value: Value, partner: Value, result: Value): void {
    merged.set(value, result);
    partners.set(value, partner);
    shapes.set(
      result,
      value.shape.map((length, axis) => dimensionOf([length, partner.shape[axis]], lengths)),
    );
  }

  function mergedValue(value: Value, partner: Value, reader: Node | undefined): Value {
    const result = merged.get(value);
    if (result === undefined) return constantOf(value, partner, reader);
    if (partners.get(value) !== partner) throw differs(reader);
    return result;
  }

  function constantOf(value: Value, partner: Value, reader: Node | undefined): Value {
    if (value.constant === undefined || partner.constant === undefined) throw differs(reader);
    const { type, name, shape, constant } = value;
    if (name === partner.name && sameShape(shape, partner.shape) && equal(constant, partner.constant)) {
      return graph.constant(constant, { type, shape, name });
    }
    const other = partner.constant;
    const vectors = constant instanceof BigInt64Array && other instanceof BigInt64Array;
    if (!vectors || constant.length !== other.length) throw differs(reader);
    const factors = Array.from(
      constant,
      (element, index) => batchFactor([Number(element), Number(other[index])], lengths),
    );
    if (factors.includes(undefined)) throw differs(reader);
    const fixed = Array.from(constant, (element, index) => factors[index] === 0 ? Number(element) : 0);
    const free = reader?.operator === "Reshape" && reader.attributes.allowzero === undefined;
    if (free && factors.filter(Boolean).length === 1) {
      return graph.integers(fixed.map((element, index) => factors[index] === 0 ? element : -1));
    }
    const varying = graph.emit("Mul", [length(), graph.integers(factors as number[])], { shape });
    return graph.emit("Add", [varying, graph.integers(fixed)], { shape });
  }

  if (left.length !== right.length) {
    throw differs(left.find((node, index) => node.operator !== right[index]?.operator));
  }
  left.forEach((node, place) => {
    const other = right[place];
    ({ scope, layer } = node);
    const same = node.operator === other.operator && node.inputs.length === other.inputs.length &&
      JSON.stringify(node.attributes) === JSON.stringify(other.attributes);
    if (!same) throw differs(node);
    const operands = node.inputs.map((value, index) => mergedValue(value, other.inputs[index], node));
    const results = graph.emitSeveral(
      node.operator,
      operands,
      node.outputs.map(({ shape, type }) => ({
        shape,
        type,
        attributes: node.attributes,
        domain: node.domain,
      })),
    );
    node.outputs.forEach((value, index) => pair(value, other.outputs[index], results[index]));
  });
  const outputs = short.outputs.map(({ name, value }, index) => {
    const partner = long.outputs[index];
    if (partner?.name !== name) {
      throw new Error(
        `Cannot export the model: its outputs must be the same at every batch size, got "${name}" at one`,
      );
    }
    return { name, value: mergedValue(value, partner.value, undefined) };
  });
  return { graph, inputs, outputs, shapes };
}

/** The length of the batch, as a vector of one number, from the first input that has one. */
function batchLength(graph: Graph, inputs: readonly Named[], long: Recording): Value {
  for (const [index, { value }] of inputs.entries()) {
    const axis = value.shape.findIndex((length, place) => length !== long.inputs[index].value.shape[place]);
    if (axis === -1) continue;
    const shape = graph.emit("Shape", [value], { shape: [value.shape.length], type: "int64" });
    return graph.emit("Gather", [shape, graph.integers([axis])], { shape: [1], attributes: { axis: 0 } });
  }
  throw new Error("Cannot export the model: one of its inputs must have a batch axis, got none");
}

function equal(left: ArrayLike<number | bigint>, right: ArrayLike<number | bigint>): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) if (!Object.is(left[index], right[index])) return false;
  return true;
}

function differs(node: Node | undefined): Error {
  const weight = node?.inputs.find((input) => input.name !== undefined)?.name;
  const place = `${node?.operator ?? "output"}${node?.scope ? ` of ${node.scope}` : ""}${
    node?.layer ? ` in the layer "${node.layer}"` : ""
  }${weight ? ` with "${weight}"` : ""}`;
  return new Error(
    `Cannot export the model: it must be the same program at every batch size but for shapes, got another ${place} at another size`,
  );
}
