/**
 * Heart-rate variability of windows, as a table.
 *
 * @module
 */
import type { RowReader } from "../formats/rows.ts";
import { heartRateVariability, HRV_FEATURES, type HrvFeature } from "../signal/hrv.ts";
import { detectRPeaks } from "../signal/r_peaks.ts";

/** The columns of the table, in order. */
export const HRV_COLUMNS = Object.keys(HRV_FEATURES) as readonly HrvFeature[];

/** Windows that are in memory at a time. */
const BATCH = 64;

/**
 * The features of every window from the R-peaks that are found in it alone, `[windows, features]`; NaN where it has too few.
 *
 * The normalisation of the windows makes no difference, since the detector goes by shares. Throws RangeError below 100 Hz.
 */
export function hrvFeatures(
  windows: RowReader,
  { sampleRateHz, progress }: { sampleRateHz: number; progress?: (done: number) => void },
): Float32Array {
  const features = new Float32Array(windows.rows * HRV_COLUMNS.length).fill(NaN);
  for (let first = 0; first < windows.rows; first += BATCH) {
    const count = Math.min(BATCH, windows.rows - first);
    const samples = windows.read(Int32Array.from({ length: count }, (_, index) => first + index));
    for (let index = 0; index < count; index++) {
      const window = samples.subarray(index * windows.columns, (index + 1) * windows.columns);
      const peaks = detectRPeaks(window, { sampleRateHz });
      const found = heartRateVariability(Float64Array.from(peaks, (peak) => peak / sampleRateHz));
      if (found === null) continue;
      features.set(HRV_COLUMNS.map((name) => found[name]), (first + index) * HRV_COLUMNS.length);
    }
    progress?.(first + count);
  }
  return features;
}

/**
 * The features less the mean of each group, `[windows, features]`; NaN stays NaN and counts in no mean.
 *
 * `groups` names the group of every window. Throws TypeError unless there is one for each.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const centred = centreByGroup(Float32Array.of(1, 3, NaN, 10), { columns: 1, groups: ["a", "a", "a", "b"] });
 * assert.deepEqual(centred, Float32Array.of(-1, 1, NaN, 0));
 * ```
 */
export function centreByGroup(
  features: Float32Array,
  { columns, groups }: { columns: number; groups: readonly string[] },
): Float32Array {
  if (features.length !== columns * groups.length) {
    throw new TypeError(
      `Cannot centre features: there must be a group for each of ${
        features.length / columns
      } windows, got ${groups.length}`,
    );
  }
  const sums = new Map<string, GroupSums>();
  const sumsOf = groups.map((group) => {
    const known = sums.get(group) ?? { sum: new Float64Array(columns), count: new Float64Array(columns) };
    sums.set(group, known);
    return known;
  });
  features.forEach((value, index) => {
    if (Number.isNaN(value)) return;
    const { sum, count } = sumsOf[Math.floor(index / columns)], column = index % columns;
    sum[column] += value;
    count[column]++;
  });
  return features.map((value, index) => {
    const { sum, count } = sumsOf[Math.floor(index / columns)], column = index % columns;
    return value - sum[column] / count[column];
  });
}

/** Sums of what is there, `[columns]`. */
interface GroupSums {
  readonly sum: Float64Array;
  readonly count: Float64Array;
}
