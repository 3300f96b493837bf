/**
 * Random numbers that a program draws anew in each run.
 *
 * A program that is compiled with a generator draws from it whatever TensorFlow.js's random operations ask for (`tf.randomUniform`,
 * `tf.randomUniformInt`, `tf.randomNormal`, `tf.randomStandardNormal`, `tf.truncatedNormal`, `tf.randomGamma`, `tf.multinomial`,
 * `tf.dropout`), and the layers that use them (dropout of all kinds, also in recurrent layers, and noise). The distributions are
 * TensorFlow.js's own.
 *
 * An operation with a seed draws from a sequence that the seed names: in one run, equal seeds give equal numbers; the next run gives others.
 * (TensorFlow.js itself would give the same in every call, a dropout layer with a seed the same mask for ever.)
 *
 * The words, and all uniform numbers, are the same on any number of threads; normal and gamma numbers may differ in their last bits.
 *
 * @module
 */

/**
 * The state of a generator: a key and how many numbers were drawn with it.
 *
 * Both are 64-bit words. A program that runs advances the counter.
 */
export interface Random {
  /** Which sequence it is. */
  readonly key: bigint;
  /** How many numbers of the sequence were drawn; setting it goes on from there. */
  counter: bigint;
}

/**
 * A generator with its counter at 0 (Squares, Widynski 2020, arXiv 2004.06278).
 *
 * The key should be odd with well-mixed bits, as `Stream.key()` gives it: the numbers of a plain one like 1 are not random. Throws RangeError
 * unless it is a whole number from 2^32 to below 2^64.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const random = createRandom(0x548c9decbce65297n);
 * assert.equal(random.counter, 0n);
 * ```
 */
export function createRandom(key: bigint): Random {
  if (key < 1n << 32n || key >= 1n << 64n) {
    throw new RangeError(
      `Cannot create a generator: the key must be from 2^32 to below 2^64 with well-mixed bits, as Stream.key() gives it, got ${key}`,
    );
  }
  return { key, counter: 0n };
}
