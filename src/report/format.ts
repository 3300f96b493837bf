/**
 * Numbers and names as a report prints them; nothing else in a report formats a number.
 *
 * @module
 */
import { METRIC_WORDS } from "../evaluation/claims.ts";
import type { Budget, Metric, Summary } from "../evaluation/results.ts";

/** What stands where a number is undefined. */
export const MISSING = "–";

/** The name of a score on an axis or at the head of a column: `Balanced accuracy`. */
export function metricLabel(metric: Metric): string {
  const words = METRIC_WORDS[metric];
  return words[0].toUpperCase() + words.slice(1);
}

/** The name of a file about one score: the name alone for the primary score, else with the score at its end. */
export function metricFile(
  name: string,
  { metric, summary }: { readonly metric: Metric; readonly summary: Pick<Summary, "primary"> },
): string {
  return metric === summary.primary ? name : `${name}_${metric.replaceAll("-", "_")}`;
}

function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

function known(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

/**
 * A score with three digits after the point, or as many as given; an en dash where it is undefined.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(formatScore(0.81249), "0.812");
 * assert.equal(formatScore(null), "–");
 * ```
 */
export function formatScore(value: number | null, digits = 3): string {
  return known(value) ? fixed(value, digits) : MISSING;
}

/** An interval `[0.781, 0.842]`; empty where either end is undefined. */
export function formatInterval(ends: { low: number | null; high: number | null }, digits = 3): string {
  return known(ends.low) && known(ends.high)
    ? `[${fixed(ends.low, digits)}, ${fixed(ends.high, digits)}]`
    : "";
}

/**
 * A difference with its sign; a real minus sign, as in print.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(formatDifference(-0.0212), "−0.021");
 * assert.equal(formatDifference(0.05), "+0.050");
 * ```
 */
export function formatDifference(value: number | null, digits = 3): string {
  if (!known(value)) return MISSING;
  const text = fixed(value, digits);
  return Number(value.toFixed(digits)) > 0 ? `+${text}` : text;
}

/** A p value: three digits, `< 0.001` below them. */
export function formatPValue(value: number | null): string {
  if (!known(value)) return MISSING;
  return value < 0.001 ? "< 0.001" : value.toFixed(3);
}

/**
 * A whole number with commas between thousands; a mean count is rounded.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(formatCount(12345.6), "12,346");
 * ```
 */
export function formatCount(value: number | null): string {
  return known(value) ? fixed(value, 0).replace(/\B(?=(\d{3})+$)/g, ",") : MISSING;
}

/** A count with its noun: `1 window`, `1,200 windows`. */
export function formatQuantity(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${Math.round(count) === 1 ? "" : "s"}`;
}

/** A share of one as a percentage without needless zeros: `0.025` is `2.5%`. */
export function formatShare(share: number | null): string {
  return known(share) ? `${Number((100 * share).toPrecision(3))}%` : MISSING;
}

/** A share of one as a percentage with one digit: `96.4%`. */
export function formatPercent(share: number | null): string {
  return known(share) ? `${fixed(100 * share, 1)}%` : MISSING;
}

/**
 * A budget as a manifest gives it: a fraction, `all`, or a count.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([formatBudget(0.01), formatBudget(16), formatBudget("all")], ["1%", "16", "all"]);
 * ```
 */
export function formatBudget(budget: Budget): string {
  if (budget === "all") return "all";
  return budget < 1 ? formatShare(budget) : formatCount(budget);
}

/** How many times as many: one digit after the point below ten (`9.8`), none from there (`120`). */
export function formatTimes(value: number): string {
  return value < 9.95 ? fixed(value, 1) : formatCount(value);
}

/** A quantity in at most three significant digits: a loss, a duration on an axis. */
export function formatSignificant(value: number): string {
  return known(value) ? String(Number(value.toPrecision(3))) : MISSING;
}

/** A numerical error: `0` or `3.1e-7`. */
export function formatError(value: number): string {
  return value === 0 ? "0" : value.toExponential(1);
}

/** A size in bytes, kB, MB, GB or TB (powers of ten). */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const power = Math.min(4, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(1)} ${["B", "kB", "MB", "GB", "TB"][power]}`;
}

/**
 * A duration in the two largest units that matter.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([0.42, 75, 7384].map(formatSeconds), ["0.4 s", "1 min 15 s", "2 h 3 min"]);
 * ```
 */
export function formatSeconds(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A list in a sentence: `a`, `a and b`, `a, b and c`. */
export function formatList(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
