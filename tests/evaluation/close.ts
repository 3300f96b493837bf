import assert from "node:assert/strict";

/** Asserts that a score is within 1e-12 of what is expected, relative to it above 1, or null as it is. */
export function close(actual: number | null, expected: number | null, message = ""): void {
  if (expected === null) return assert.equal(actual, null, message);
  assert.ok(
    actual !== null && Math.abs(actual - expected) <= 1e-12 * Math.max(1, Math.abs(expected)),
    `${message}: expected ${expected}, got ${actual}`,
  );
}
