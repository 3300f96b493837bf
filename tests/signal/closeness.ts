/**
 * Comparing signals with a reference.
 *
 * @module
 */
import assert from "node:assert/strict";

/** Asserts that no value is off by more than `tolerance` times the largest expected magnitude. */
export function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-10) {
  assert.equal(actual.length, expected.length);
  const scale = Math.max(...Array.from(expected, Math.abs), Number.MIN_VALUE);
  for (let index = 0; index < expected.length; index++) {
    const difference = Math.abs(actual[index] - expected[index]);
    assert.ok(
      difference <= tolerance * scale,
      `at ${index}: expected ${expected[index]}, got ${actual[index]}, off by ${
        difference / scale
      } of the largest`,
    );
  }
}

/** Every `step`-th value, from the first. */
export function every(values: Float64Array, step: number): Float64Array {
  return values.filter((_, index) => index % step === 0);
}
