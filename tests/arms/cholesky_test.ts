import assert from "node:assert/strict";
import { solvePositiveDefinite } from "../../src/arms/cholesky.ts";

Deno.test("solvePositiveDefinite() solves, and reads the lower triangle alone", () => {
  // [[4, 2, 2], [2, 5, 3], [2, 3, 6]] times (1, -2, 3) is (6, 1, 14).
  const matrix = Float64Array.of(4, NaN, NaN, 2, 5, NaN, 2, 3, 6);
  const solution = solvePositiveDefinite(matrix, Float64Array.of(6, 1, 14));
  [1, -2, 3].forEach((expected, index) => assert.ok(Math.abs(solution[index] - expected) < 1e-12));
});

Deno.test("solvePositiveDefinite() throws RangeError for a matrix that is not positive definite", () => {
  for (const matrix of [[0], [-1], [NaN]]) {
    assert.throws(
      () => solvePositiveDefinite(Float64Array.from(matrix), Float64Array.of(1)),
      /must be positive definite, got the pivot .* in row 0/,
    );
  }
  assert.throws(
    () => solvePositiveDefinite(Float64Array.of(1, 0, 1, 1), Float64Array.of(1, 1)),
    /got the pivot 0 in row 1/,
  );
});
