/**
 * Whether the rows of a batch look at each other in a recorded program.
 *
 * @module
 */
import type { Graph, Node, Value } from "../graph/graph.ts";
import type { Dependence } from "./dependence.ts";
import type { Rows } from "./place.ts";
import { dependenceOf } from "./rules.ts";

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

/** How each value depends on rows, and the node at which those of a mixed one met. */
export interface RowDependences {
  readonly of: (value: Value) => Dependence;
  readonly origin: (value: Value) => Node | undefined;
}

/** Follows the rows of some inputs through every node. */
export function rowDependences(graph: Graph, inputs: ReadonlyMap<Value, Rows>): RowDependences {
  const known = new Map<Value, Dependence>(inputs), origins = new Map<Value, Node>();
  const of = (value: Value) => known.get(value) ?? "none";
  for (const node of graph.nodes) {
    const given = node.inputs.map((value) => ({ value, depends: of(value) }));
    for (const output of node.outputs) {
      const depends = dependenceOf(node, given, output);
      known.set(output, depends);
      if (depends !== "mixed") continue;
      const earlier = node.inputs.find((input) => origins.has(input));
      origins.set(output, earlier === undefined ? node : origins.get(earlier)!);
    }
  }
  return { of, origin: (value) => origins.get(value) };
}

/**
 * Where a program mixes rows, or undefined when its result is a sum over rows of what each row gives alone.
 *
 * An operator that has no rule, and one whose axes the analysis loses track of, counts as mixing, so that "undefined" can be relied on.
 */
export function findMixing(graph: Graph, { inputs, rows, sum, state }: RowsOptions): Mixing | undefined {
  const places = inputs.map((value) => {
    const stride = value.shape.slice(1).reduce((size, length) => size * length, 1);
    return [value, { rows, stride }] as const;
  });
  const { of, origin } = rowDependences(graph, new Map(places));
  const changed = state.find((value) => of(value) !== "none");
  const wrong = of(sum) === "sum" ? changed : sum;
  if (wrong === undefined) return undefined;
  const node = origin(wrong) ?? wrong.producer;
  const layer = node?.layer ? ` of the layer "${node.layer}"` : "";
  return {
    where: (node?.scope ? ` in ${node.scope}` : "") + layer,
    operator: node?.operator ?? "no operator",
  };
}
