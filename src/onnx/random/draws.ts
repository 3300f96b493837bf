/**
 * Which random words a program draws: each has an address, so that equal runs draw equal ones, whoever runs them and in however many parts.
 *
 * @module
 */
import { cast, pointwise, reshape } from "../graph/arrange.ts";
import { type Graph, sizeOf, type Value } from "../graph/graph.ts";
import { squares32 } from "./squares.ts";

/** The rows of a batch that one run of a program sees. */
export interface BatchPart {
  /** How many rows a run sees. */
  readonly rows: number;
  /** How many rows a whole batch has at most. */
  readonly of: number;
  /** The place in the batch of the first row that the next run sees. */
  first: number;
}

/** The inputs of a program that draws. */
export interface GeneratorInputs {
  readonly key: Value;
  readonly counter: Value;
  /** The first row of the part; undefined when a run sees a whole batch. */
  readonly first?: Value;
}

/** Random words in the order in which they are asked for. */
export interface WordSource {
  /** Words of 64 bits with 32 random ones in the lower half. */
  words(shape: readonly number[]): Value;
}

/** What a program draws from a key and a counter, both given when it runs. */
export class Draws {
  readonly #graph: Graph;
  readonly #part: { readonly rows: number; readonly of: number } | undefined;
  readonly #shared: Place = { next: 0 };
  readonly #places: Place[] = [this.#shared];
  #inputs: GeneratorInputs | undefined;

  /** `part` says how much of a batch a run sees. */
  constructor(graph: Graph, part?: { readonly rows: number; readonly of: number }) {
    this.#graph = graph;
    this.#part = part;
  }

  /** The inputs that its words need; undefined while none is drawn. */
  get inputs(): GeneratorInputs | undefined {
    return this.#inputs;
  }

  /** By how much the counter advances in a run. */
  get count(): number {
    return Math.max(...this.#places.map(({ next }) => next));
  }

  /**
   * Words that no other source of the program has, or, with a seed, those that the seed names: sources of one seed give the same words.
   */
  source(seed?: bigint): WordSource {
    const place = seed === undefined ? this.#shared : { next: 0 };
    if (seed !== undefined) this.#places.push(place);
    return { words: (shape) => this.#words(shape, { place, seed }) };
  }

  /**
   * An element has the address that it would have in the whole batch: an array whose first axis is that of the rows (or a multiple of it)
   * belongs to the rows, any other one to the batch, so that all its parts see the same.
   */
  #words(shape: readonly number[], { place, seed }: { place: Place; seed?: bigint }): Value {
    const graph = this.#graph, size = sizeOf(shape), part = this.#part;
    this.#inputs ??= {
      key: graph.input("uint64", []),
      counter: graph.input("uint64", []),
      first: part && graph.input("uint64", []),
    };
    const { key, counter, first } = this.#inputs;
    const word = (value: number) => graph.scalar(value, "uint64");
    let start = pointwise(graph, "Add", [counter, word(place.next)]);
    if (part !== undefined && first !== undefined && shape[0] % part.rows === 0) {
      const width = size / part.rows;
      start = pointwise(graph, "Add", [start, pointwise(graph, "Mul", [first, word(width)])]);
      place.next += width * part.of;
    } else {
      place.next += size;
    }
    const limits = [0, size, 1].map((limit) => graph.scalar(limit, "int64"));
    const positions = cast(graph, graph.emit("Range", limits, { shape: [size] }), "uint64");
    return reshape(
      graph,
      squares32(graph, pointwise(graph, "Add", [positions, start]), this.#key(key, seed)),
      shape,
    );
  }

  /** An even number added to an odd key leaves it odd. */
  #key(key: Value, seed: bigint | undefined): Value {
    if (seed === undefined) return key;
    const even = BigUint64Array.of(BigInt.asUintN(64, seed << 1n));
    return pointwise(this.#graph, "Add", [key, this.#graph.constant(even, { type: "uint64", shape: [] })]);
  }
}

interface Place {
  /** Where the next words lie after the counter. */
  next: number;
}
