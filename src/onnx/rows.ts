/**
 * Whether the rows of a batch look at each other in a recorded program.
 *
 * @module
 */
import type { Graph, Node, Value } from "./graph.ts";
import { type Dependence, dependenceOf } from "./row_rules.ts";

/** Where rows meet for the first time. */
export interface Mixing {
  /** The operation, ` in moments` or ` in mean of the layer "norm"`. */
  readonly where: string;
  readonly operator: string;
}

/** What the analysis needs to know. */
export interface RowsOptions {
  /** The inputs whose first axis is the rows. */
  readonly inputs: readonly Value[];
  /** How many rows they have. */
  readonly rows: number;
  /** What must be a sum over rows of what each row gives alone. */
  readonly sum: Value;
  /** What no row may change: the state that the program leaves behind. */
  readonly state: readonly Value[];
}

/**
 * Where a program mixes rows, or undefined when its result is a sum over rows of what each row gives alone.
 *
 * It follows the rows through every node. An operator that it has no rule for, and one whose axes it loses track of, counts as mixing, so
 * that "undefined" can be relied on.
 */
export function findMixing(graph: Graph, { inputs, rows, sum, state }: RowsOptions): Mixing | undefined {
  const known = new Map<Value, Dependence>(), origins = new Map<Value, Node>();
  for (const value of inputs) {
    known.set(value, { rows, stride: value.shape.slice(1).reduce((size, length) => size * length, 1) });
  }
  const dependence = (value: Value) => known.get(value) ?? "none";
  for (const node of graph.nodes) {
    const given = node.inputs.map((value) => ({ value, depends: dependence(value) }));
    for (const output of node.outputs) {
      const depends = dependenceOf(node, given, output);
      known.set(output, depends);
      if (depends !== "mixed") continue;
      const earlier = node.inputs.find((input) => origins.has(input));
      origins.set(output, earlier === undefined ? node : origins.get(earlier)!);
    }
  }
  const where = (value: Value): Mixing => {
    const node = origins.get(value) ?? value.producer;
    const layer = node?.layer ? ` of the layer "${node.layer}"` : "";
    return { where: node?.scope ? ` in ${node.scope}${layer}` : layer, operator: node?.operator ?? "none" };
  };
  const changed = state.find((value) => dependence(value) !== "none");
  if (dependence(sum) !== "sum") return where(sum);
  return changed && where(changed);
}
