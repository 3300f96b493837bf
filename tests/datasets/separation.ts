/** What heart rate says of the condition, people held out. */
import { mean } from "./statistics.ts";

export interface MeasuredWindow {
  readonly subject: string;
  readonly condition: "rest" | "stress";
  readonly heartRateBpm: number;
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
