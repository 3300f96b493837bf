/**
 * Making the columns of a table alike: what is missing, and on which scale the rest is.
 *
 * @module
 */

/** What fills and scales each column, `[columns]`. */
export interface Scaling {
  /** In the place of NaN. */
  readonly medians: Float64Array;
  /** What is subtracted after that. */
  readonly means: Float64Array;
  /** What it is divided by then; 1 where a column is constant. */
  readonly deviations: Float64Array;
}

/**
 * Learns to fill and scale from some rows, `[rows, columns]`: the median of what is there, of an even number the mean of the two in
 * the middle; the mean and the deviation sqrt(sum (x - mean)^2 / n) of what is then there.
 *
 * A column in which all is missing is filled with 0. Source: scikit-learn, `SimpleImputer(strategy="median")` and `StandardScaler()`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { medians, means, deviations } = fitScaling(Float32Array.of(1, NaN, 3, 8), { columns: 1 });
 * assert.deepEqual([medians[0], means[0], deviations[0]], [3, 3.75, Math.sqrt(26.75 / 4)]);
 * ```
 */
export function fitScaling(rows: Float32Array, { columns }: { columns: number }): Scaling {
  const scaling = {
    medians: new Float64Array(columns),
    means: new Float64Array(columns),
    deviations: new Float64Array(columns),
  };
  for (let column = 0; column < columns; column++) {
    const values = Float64Array.from(rows.filter((_, index) => index % columns === column));
    const median = medianOf(values.filter((value) => !Number.isNaN(value)));
    const filled = values.map((value) => Number.isNaN(value) ? median : value);
    const mean = filled.reduce((sum, value) => sum + value, 0) / filled.length;
    const squares = filled.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const isConstant = filled.every((value) => value === filled[0]);
    scaling.medians[column] = median;
    scaling.means[column] = mean;
    scaling.deviations[column] = isConstant ? 1 : Math.sqrt(squares / filled.length);
  }
  return scaling;
}

/** The rows filled and scaled, `[rows, columns]`. */
export function scaleRows(rows: Float32Array, { medians, means, deviations }: Scaling): Float64Array {
  return Float64Array.from(rows, (value, index) => {
    const column = index % medians.length;
    return ((Number.isNaN(value) ? medians[column] : value) - means[column]) / deviations[column];
  });
}

function medianOf(values: Float64Array): number {
  if (values.length === 0) return 0;
  const sorted = values.toSorted(), middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
