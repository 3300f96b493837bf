import assert from "node:assert/strict";

/** Asserts that a score is there and within 1e-12 of what is expected. */
export function close(actual: number | null, expected: number, message = ""): void {
  assert.ok(
    actual !== null && Math.abs(actual - expected) <= 1e-12,
    `${message}: expected ${expected}, got ${actual}`,
  );
}
