/**
 * What was asked for and is not computed yet: a graph whose inputs are tensors with known values.
 *
 * @module
 */
import { encode } from "../files/encode.ts";
import { Graph, sizeOf, type Value } from "../graph/graph.ts";
import { type Operand, type OperandType, plain } from "../graph/operand.ts";
import { reachable } from "../graph/program.ts";
import type { Program } from "../graph/program.ts";
import { blockChannels } from "../optimize/blocks.ts";
import { type Elements, inputName, openSynchronousSession, outputName } from "./session.ts";
import type { SessionCache } from "./session_cache.ts";
import { structureOf } from "./structure.ts";

/** How values are computed. */
export interface Runtime {
  /** Threads of one operator. */
  readonly threads: number;
  /** How many channels this machine's convolutions keep together; undefined where they are computed one by one. */
  readonly block: number | undefined;
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
  evaluate(
    values: readonly Value[],
    { sessions, threads, block }: Runtime & { readonly sessions: SessionCache },
  ): Map<Value, Elements> {
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
      const program = optimized({ nodes: this.graph.nodes, inputs, outputs: wanted }, block);
      const model = encode(program.nodes, {
        inputs: program.inputs.map((value, position) => ({ name: inputName(position), value })),
        outputs: program.outputs.map((value, position) => ({ name: outputName(position), value })),
      });
      return openSynchronousSession(model, { outputs: wanted.length, threads, bytes: bytesOf(program) });
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

function optimized(program: Program, block: number | undefined): Program {
  const hasConvolutions = program.nodes.some(({ operator }) => operator === "Conv");
  return hasConvolutions ? blockChannels(program, { block }) : program;
}

/** The runtime keeps the memory of one run for the next; at most that of all results together. */
function bytesOf({ nodes, outputs }: Program): number {
  const results = reachable(nodes, outputs).nodes.flatMap((node) => node.outputs);
  return results.reduce((bytes, { shape }) => bytes + BYTES_PER_ELEMENT * sizeOf(shape), 0);
}

const BYTES_PER_ELEMENT = 4;
