/**
 * What was asked for and is not computed yet: a graph whose inputs are tensors with known values.
 *
 * @module
 */
import { encode, reachable } from "../encode.ts";
import { Graph, type Node, sizeOf, type Value } from "../graph.ts";
import { type Operand, type OperandType, plain } from "../operand.ts";
import { type Elements, inputName, openSynchronousSession, outputName } from "./session.ts";
import type { SessionCache } from "./session_cache.ts";
import { structureOf } from "./structure.ts";

/** How values are computed. */
export interface Runtime {
  readonly sessions: SessionCache;
  readonly threads: number;
}

/** A graph that grows with each operation, until its values are computed and the next one begins. */
export class PendingGraph {
  readonly graph = new Graph();
  readonly #feeds = new Map<Value, Elements>();
  readonly #operands = new Map<Elements, Operand>();
  #bytes = 0;

  /** How much of memory its inputs hold. */
  get bytes(): number {
    return this.#bytes;
  }

  /** A tensor with known values as an input; the same array is the same input. */
  input(elements: Elements, shape: readonly number[], dtype: OperandType): Operand {
    let operand = this.#operands.get(elements);
    if (operand === undefined) {
      const value = this.graph.input(dtype, shape);
      operand = plain(value);
      this.#operands.set(elements, operand);
      this.#feeds.set(value, elements);
      this.#bytes += elements.byteLength;
    }
    return operand;
  }

  /** Computes values in one run. */
  evaluate(values: readonly Value[], { sessions, threads }: Runtime): Map<Value, Elements> {
    const results = new Map<Value, Elements>();
    for (const value of values) {
      // A tensor may be an input of the graph in another shape.
      const elements = this.#feeds.get(value) ?? value.constant;
      // Each tensor has an array of its own, which its reader may write to.
      if (elements !== undefined) results.set(value, elements.slice() as Elements);
    }
    const wanted = [...new Set(values)].filter((value) => !results.has(value));
    if (wanted.length === 0) return results;
    const { key, inputs } = structureOf(this.graph, wanted);
    const session = sessions.get(key, () => {
      const model = encode(this.graph.nodes, {
        inputs: inputs.map((value, position) => ({ name: inputName(position), value })),
        outputs: wanted.map((value, position) => ({ name: outputName(position), value })),
      });
      const bytes = bytesOf(this.graph.nodes, wanted);
      return openSynchronousSession(model, { outputs: wanted.length, threads, bytes });
    });
    const computed = session.run(inputs.map((value) => ({
      elements: this.#feeds.get(value)!,
      shape: value.shape,
      dtype: value.type as OperandType,
    })));
    wanted.forEach((value, position) => results.set(value, computed[position]));
    return results;
  }
}

/** The runtime keeps the memory of one run for the next; at most that of all results together. */
function bytesOf(nodes: readonly Node[], outputs: readonly Value[]): number {
  const results = reachable(nodes, outputs).nodes.flatMap((node) => node.outputs);
  return results.reduce((bytes, { shape }) => bytes + BYTES_PER_ELEMENT * sizeOf(shape), 0);
}

const BYTES_PER_ELEMENT = 4;
