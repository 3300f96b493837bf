/** Statistics that expectations are put in terms of. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Divisor n - 1. */
export function deviation(values: readonly number[]): number {
  const center = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1));
}

/** Pearson's r. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const meanA = mean(a), meanB = mean(b);
  const products = a.map((value, index) => (value - meanA) * (b[index] - meanB));
  return mean(products) * a.length / ((a.length - 1) * deviation(a) * deviation(b));
}

export function assertWithin(actual: number, expected: number, tolerance: number) {
  if (!(Math.abs(actual - expected) <= tolerance)) {
    throw new RangeError(`Cannot accept ${actual}: it must lie within ${tolerance} of ${expected}`);
  }
}
