/** Simulated people as beats alone, and what heart rate says of their condition. */
import { protocol } from "../../../src/datasets/synthetic/protocol.ts";
import { drawRecording } from "../../../src/datasets/synthetic/recording.ts";
import { syntheticSchema } from "../../../src/datasets/synthetic/schema.ts";
import type { Condition } from "../../../src/datasets/synthetic/state.ts";
import { truthOf } from "../../../src/datasets/synthetic/truth.ts";

export interface MeasuredWindow {
  readonly subject: string;
  readonly condition: Condition;
  readonly heartRateBpm: number;
}

export interface MeasuredRecording extends MeasuredWindow {
  readonly lnRmssd: number;
  readonly arousal: number;
  readonly valence: number;
}

/** Whole recordings and their 10 s windows, measured on the beats. */
export function measure(options: { people: number; effect: number }) {
  const parameters = syntheticSchema.parse(options), recordingSeconds = parameters.seconds;
  const recordings: MeasuredRecording[] = [], windows: MeasuredWindow[] = [];
  for (const slot of protocol(parameters)) {
    const { beats, state, ratings } = drawRecording(slot, parameters), { subject, condition } = slot;
    const stretch = (fromSeconds: number, seconds: number) =>
      truthOf(beats, state, { fromSeconds, seconds, recordingSeconds });
    const { heartRateBpm, lnRmssd } = stretch(0, recordingSeconds);
    recordings.push({ subject, condition, heartRateBpm, lnRmssd, ...ratings });
    for (let from = 0; from < recordingSeconds; from += 10) {
      windows.push({ subject, condition, heartRateBpm: stretch(from, 10).heartRateBpm });
    }
  }
  return { recordings, windows };
}

/** Items by person. */
export function bySubject<T extends { subject: string }>(items: readonly T[]): T[][] {
  return [...Map.groupBy(items, ({ subject }) => subject).values()];
}

/** Each value of a person less the person's mean. */
export function centred<T extends { subject: string }>(items: readonly T[], key: keyof T & string): number[] {
  return bySubject(items).flatMap((own) => {
    const values = own.map((item) => Number(item[key])), center = mean(values);
    return values.map((value) => value - center);
  });
}

/**
 * Mean balanced accuracy of "stress above a threshold of heart rate", one person left out: the threshold lies
 * half way between the means of the two conditions over the windows of all others.
 */
export function leaveOnePersonOut(windows: readonly MeasuredWindow[]): number {
  const sumsOf = (items: readonly MeasuredWindow[]) =>
    (["rest", "stress"] as const).map((condition) => {
      const rates = items.filter((window) => window.condition === condition).map((window) =>
        window.heartRateBpm
      );
      return { sum: rates.reduce((sum, rate) => sum + rate, 0), count: rates.length, rates };
    });
  const all = sumsOf(windows);
  return mean(
    bySubject(windows).map((own) => {
      const out = sumsOf(own);
      const others = all.map(({ sum, count }, index) => (sum - out[index].sum) / (count - out[index].count));
      const threshold = (others[0] + others[1]) / 2;
      const right = out.map(({ rates, count }, index) =>
        rates.filter((rate) => Number(rate > threshold) === index).length / count
      );
      return (right[0] + right[1]) / 2;
    }),
  );
}

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
