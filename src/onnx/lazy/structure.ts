/**
 * What two pending graphs have in common: with equal structures one session computes both, from other numbers.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Graph, Value } from "../graph/graph.ts";
import { reachable } from "../graph/program.ts";

/** The part of a graph that some values need. */
export interface Structure {
  /** Equal for graphs that differ only in the numbers they are fed. */
  readonly key: string;
  /** The values that must be fed, in the order of the key. */
  readonly inputs: readonly Value[];
}

/** The structure of what `outputs` need. */
export function structureOf(graph: Graph, outputs: readonly Value[]): Structure {
  const { nodes } = reachable(graph.nodes, outputs);
  const places = new Map<Value, number>(), inputs: Value[] = [], hash = createHash("sha256");
  const place = (value: Value) => {
    const known = places.get(value);
    if (known !== undefined) return known;
    places.set(value, places.size);
    if (value.constant !== undefined) {
      hash.update(`constant ${value.type} ${value.shape}:`);
      hash.update(
        new Uint8Array(value.constant.buffer, value.constant.byteOffset, value.constant.byteLength),
      );
    } else if (value.producer === undefined) {
      hash.update(`input ${value.type} ${value.shape}\n`);
      inputs.push(value);
    }
    return places.size - 1;
  };
  for (const node of nodes) {
    const from = node.inputs.map(place), to = node.outputs.map(place);
    hash.update(`${node.domain ?? ""} ${node.operator} ${JSON.stringify(node.attributes)} ${from} > ${to}\n`);
  }
  hash.update(`${outputs.map(place)}`);
  return { key: hash.digest("base64"), inputs };
}
