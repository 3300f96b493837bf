/**
 * Named streams of random numbers: one seed, a name for every use, the same numbers in any order of execution.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** A source of random numbers that belongs to one named use. */
export interface Stream {
  /** The full name, `seed/use/...`. */
  readonly name: string;
  /** A number from [0, 1), of 53 random bits. */
  uniform(): number;
  /** A whole number from [0, below). Throws RangeError unless `below` is a whole number from 1 to 2^32. */
  integer(below: number): number;
  /** A number from the standard normal distribution (Box and Muller 1958). */
  normal(): number;
  /** The items in a random order (Fisher-Yates); the input is left alone. */
  shuffle<T>(items: Iterable<T>): T[];
  /** The stream of a part of this use. It depends on names alone, never on how many numbers were drawn. */
  child(name: string): Stream;
  /** An odd 64-bit key made from the name, for generators that take a key and a counter. */
  key(): bigint;
}

/**
 * The stream called `name` under `seed`.
 *
 * Its numbers depend on seed and name alone: adding a use shifts no other.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const draw = () => stream(1, "fold/2/warp").uniform();
 * assert.equal(draw(), draw());
 * assert.notEqual(draw(), stream(1, "fold/3/warp").uniform());
 * ```
 */
export function stream(seed: number, name: string): Stream {
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`Cannot open the stream "${name}": the seed must be a whole number, got ${seed}`);
  }
  return new NamedStream(`${seed}/${name}`);
}

class NamedStream implements Stream {
  readonly name: string;
  readonly #digest: Buffer;
  readonly #next: () => number;
  #spare: number | undefined;

  constructor(name: string) {
    this.name = name;
    this.#digest = createHash("sha256").update(name).digest();
    const words = [0, 4, 8, 12].map((offset) => this.#digest.readInt32LE(offset));
    // An all-zero state would never leave zero; SHA-256 makes it as unlikely as a collision.
    const generator = xoroshiro128plusFromState(words);
    this.#next = () => generator.next() >>> 0;
  }

  uniform(): number {
    const high = this.#next() >>> 5, low = this.#next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  integer(below: number): number {
    if (!Number.isInteger(below) || below < 1 || below > 4294967296) {
      throw new RangeError(
        `Cannot draw a whole number: the bound must be a whole number from 1 to 2^32, got ${below}`,
      );
    }
    // Rejection keeps every value equally likely.
    const limit = 4294967296 - (4294967296 % below);
    let value = this.#next();
    while (value >= limit) value = this.#next();
    return value % below;
  }

  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform())), angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  shuffle<T>(items: Iterable<T>): T[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other], shuffled[last]];
    }
    return shuffled;
  }

  child(name: string): Stream {
    return new NamedStream(`${this.name}/${name}`);
  }

  key(): bigint {
    return this.#digest.readBigUInt64LE(16) | 1n;
  }
}
