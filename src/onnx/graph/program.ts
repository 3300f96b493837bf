/**
 * A graph with its ends, and the way that a pass writes a new one.
 *
 * @module
 */
import { Graph, type Node, type Value } from "./graph.ts";

/** What is optimized: the inputs stay in their order, and so do the outputs. */
export interface Program {
  readonly nodes: readonly Node[];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

/** A value with its name. */
export interface Named {
  readonly name: string;
  readonly value: Value;
}

/** The nodes that read each value. */
export type Consumers = ReadonlyMap<Value, readonly Node[]>;

/** The nodes that the outputs need, in order, and every value that these read. */
export function reachable(nodes: readonly Node[], outputs: readonly Value[]) {
  const needed = new Set<Value>(outputs);
  const kept: Node[] = [];
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    kept.push(node);
    for (const input of node.inputs) needed.add(input);
  }
  return { nodes: kept.reverse(), needed };
}

/**
 * Walks through the nodes that the outputs need, in order, and writes a new graph; its nodes are named after the operations and
 * layers of the old one. `finish` gives the values that stand for the old outputs.
 */
export function rewrite(
  program: Program,
  { begin, visit, finish }: {
    /** Takes the new inputs. */
    readonly begin: (graph: Graph, inputs: ReadonlyMap<Value, Value>) => void;
    readonly visit: (node: Node) => void;
    readonly finish: (output: Value) => Value;
  },
): Program {
  let current: Node | undefined;
  const graph = new Graph(() => current?.scope ?? "", () => current?.layer ?? "");
  const inputs = program.inputs.map((input) => graph.input(input.type, input.shape));
  begin(graph, new Map(program.inputs.map((input, index) => [input, inputs[index]])));
  for (const node of reachable(program.nodes, program.outputs).nodes) {
    current = node;
    visit(node);
  }
  current = undefined;
  return { nodes: graph.nodes, inputs, outputs: program.outputs.map(finish) };
}

/** What a rule of {@linkcode rewriteValues} writes with. */
export interface Rewriting {
  /** The new graph. */
  readonly graph: Graph;
  /** What stands for an old value. */
  of(old: Value): Value;
}

/** Writes a new graph in which a node is copied unless `rule` gives what stands for its outputs. */
export function rewriteValues(
  program: Program,
  rule: (node: Node, rewriting: Rewriting) => readonly Value[] | undefined,
): Program {
  const values = new Map<Value, Value>();
  let rewriting: Rewriting;
  return rewrite(program, {
    begin(graph, inputs) {
      for (const [old, input] of inputs) values.set(old, input);
      rewriting = { graph, of: (old) => values.get(old) ?? copyConstant(graph, old) };
    },
    visit(node) {
      const outputs = rule(node, rewriting) ?? copyNode(rewriting.graph, node, node.inputs.map(rewriting.of));
      node.outputs.forEach((output, index) => values.set(output, outputs[index]));
    },
    finish: (output) => rewriting.of(output),
  });
}

/** Who reads each value; that it is an output of the program does not count. */
export function consumersOf({ nodes, outputs }: Program): Consumers {
  const consumers = new Map<Value, Node[]>();
  for (const node of reachable(nodes, outputs).nodes) {
    for (const input of new Set(node.inputs)) consumers.set(input, [...consumers.get(input) ?? [], node]);
  }
  return consumers;
}

/** The same constant in another graph. */
export function copyConstant(graph: Graph, { constant, type, shape, name }: Value): Value {
  if (constant === undefined) throw new Error("Cannot copy a value: it must be a constant");
  return graph.constant(constant, { type, shape, name });
}

/** The same node on other inputs. */
export function copyNode(graph: Graph, node: Node, inputs: readonly Value[]): readonly Value[] {
  const { operator, attributes, domain, outputs } = node;
  return graph.emitSeveral(
    operator,
    inputs,
    outputs.map(({ shape, type }) => ({ shape, type, attributes, domain })),
  );
}

/** The number that a constant of one element holds. */
export function numberOf(value: Value | undefined): number | undefined {
  const { constant } = value ?? {};
  return constant?.length === 1 ? Number(constant[0]) : undefined;
}

/** The whole numbers of a constant vector. */
export function integersOf(value: Value | undefined): number[] | undefined {
  return value?.constant === undefined ? undefined : Array.from(value.constant, Number);
}
