/**
 * Small systems of linear equations.
 *
 * @module
 */

/**
 * Solves A x = b for a symmetric, positive definite A by its Cholesky factor, A = L L^T.
 *
 * `matrix` is `[n, n]`, of which the lower triangle is read; `values` is b, `[n]`. Throws RangeError when A is not positive
 * definite.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(solvePositiveDefinite(Float64Array.of(4, 0, 2, 5), Float64Array.of(8, 12)), Float64Array.of(1, 2));
 * ```
 */
export function solvePositiveDefinite(matrix: Float64Array, values: Float64Array): Float64Array {
  const size = values.length, factor = new Float64Array(size * size), solution = values.slice();
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row * size + column];
      for (let index = 0; index < column; index++) {
        rest -= factor[row * size + index] * factor[column * size + index];
      }
      if (row !== column) factor[row * size + column] = rest / factor[column * size + column];
      else if (rest > 0) factor[row * size + row] = Math.sqrt(rest);
      else {
        throw new RangeError(
          `Cannot solve the equations: the matrix must be positive definite, got the pivot ${rest} in row ${row}`,
        );
      }
    }
  }
  for (let row = 0; row < size; row++) {
    for (let index = 0; index < row; index++) solution[row] -= factor[row * size + index] * solution[index];
    solution[row] /= factor[row * size + row];
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let index = row + 1; index < size; index++) {
      solution[row] -= factor[index * size + row] * solution[index];
    }
    solution[row] /= factor[row * size + row];
  }
  return solution;
}
