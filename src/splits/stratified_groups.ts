/**
 * Sharing groups out over folds so that every fold gets its share of every class.
 *
 * @module
 */

/**
 * The fold of each group, greedily: groups with the most uneven classes first, each to the fold where it leaves the
 * classes spread most evenly over the folds.
 *
 * `counts` is `[groups, classes]`, the windows of each class. Groups go in order of falling standard deviation
 * (divisor: number of classes) of their row, equal ones in the order given. A group goes to the fold that minimises
 * `mean over classes of std over folds (divisor: number of folds) of n_fc / n_c`, where n_fc are the windows of class c
 * in fold f with the group in it and n_c all windows of c; nearly equal ones (relative 1e-5, absolute 1e-8) are decided
 * for the fold with fewer windows, then for the first. A class without windows is left out.
 *
 * Source: StratifiedGroupKFold of scikit-learn 1.2 without its shuffling, in the same order of summation.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(shareOut([[4, 0], [0, 4], [4, 0], [0, 4]], 2), [0, 1, 1, 0]);
 * ```
 */
export function shareOut(counts: readonly (readonly number[])[], folds: number): number[] {
  const classTotals = (counts[0] ?? []).map((_, index) => counts.reduce((sum, row) => sum + row[index], 0));
  const present = classTotals.flatMap((total, index) => total > 0 ? [index] : []);
  const rows = counts.map((row) => present.map((index) => row[index]));
  const totals = present.map((index) => classTotals[index]);
  const perFold = Array.from({ length: folds }, () => totals.map(() => 0));
  const deviations = rows.map(standardDeviation);
  const order = rows.map((_, group) => group).sort((left, right) => deviations[right] - deviations[left]);
  const foldOf = rows.map(() => 0);
  for (const group of order) {
    const best = bestFold(perFold, { row: rows[group], totals });
    rows[group].forEach((count, index) => perFold[best][index] += count);
    foldOf[group] = best;
  }
  return foldOf;
}

function bestFold(
  perFold: readonly (readonly number[])[],
  { row, totals }: { row: readonly number[]; totals: readonly number[] },
): number {
  let best = 0, leastSpread = Infinity, fewestWindows = Infinity;
  perFold.forEach((held, fold) => {
    const spread = mean(totals.map((total, index) =>
      standardDeviation(
        perFold.map((counts, other) => (counts[index] + (other === fold ? row[index] : 0)) / total),
      )
    ));
    const windows = held.reduce((sum, count) => sum + count, 0);
    if (spread < leastSpread || isClose(spread, leastSpread) && windows < fewestWindows) {
      [best, leastSpread, fewestWindows] = [fold, spread, windows];
    }
  });
  return best;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardDeviation(values: readonly number[]): number {
  const center = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - center) ** 2)));
}

// numpy.isclose, which scikit-learn asks. Infinity is close to nothing here: the first fold is taken by `<`.
function isClose(value: number, reference: number): boolean {
  return Number.isFinite(reference) && Math.abs(value - reference) <= 1e-8 + 1e-5 * Math.abs(reference);
}
