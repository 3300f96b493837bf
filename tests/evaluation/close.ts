import assert from "node:assert/strict";

/** Asserts that a score is there and within 1e-12 of what is expected, relative to it above 1. */
export function close(actual: number | null, expected: number, message = ""): void {
  assert.ok(
    actual !== null && Math.abs(actual - expected) <= 1e-12 * Math.max(1, Math.abs(expected)),
    `${message}: expected ${expected}, got ${actual}`,
  );
}
