/**
 * Where the minutes of a block lie in its recordings.
 *
 * @module
 */
import type { Poly5Header, Poly5Time } from "../../formats/poly5/header.ts";
import type { Condition, Minute } from "./minutes.ts";

/** A part of a recording that is one condition throughout. */
export interface Stretch {
  readonly condition: Condition;
  /** The first sample. */
  readonly from: number;
  /** The sample after the last. */
  readonly to: number;
}

const MINUTE = 60_000;

/** What the recorder's clock showed, in milliseconds since 1970 as if it were UTC; null for a date or time that is none. */
export function clockOf({ year, month, day, hour, minute, second }: Poly5Time): number | null {
  const parts = [year, month - 1, day, hour, minute, second] as const, time = Date.UTC(...parts);
  const date = new Date(time);
  const same = [
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ];
  return same.every((part, index) => part === parts[index]) ? time : null;
}

/**
 * The stretches of a recording that begins at `start`, in the time of the minutes.
 *
 * A row of the table is taken to hold from its time on for a minute; neighbouring minutes of one condition are one stretch, and a
 * minute without a row ends it. What lies before, between and after is left out.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const minutes = [{ start: 60_000, condition: "R" }, { start: 120_000, condition: "T" }, { start: 180_000, condition: "T" }] as const;
 * assert.deepEqual(stretchesOf(minutes, { start: 90_000, sampleRateHz: 10, samples: 1000 }), [
 *   { condition: "R", from: 0, to: 300 },
 *   { condition: "T", from: 300, to: 1000 },
 * ]);
 * ```
 */
export function stretchesOf(
  minutes: readonly Minute[],
  { start, sampleRateHz, samples }: { start: number } & Pick<Poly5Header, "sampleRateHz" | "samples">,
): Stretch[] {
  const runs: { condition: Condition; from: number; to: number }[] = [];
  for (const { start: from, condition } of minutes) {
    const last = runs.at(-1);
    if (last !== undefined && last.condition === condition && from <= last.to) last.to = from + MINUTE;
    else runs.push({ condition, from, to: from + MINUTE });
  }
  const sampleAt = (time: number) =>
    Math.min(Math.max(Math.round((time - start) / 1000 * sampleRateHz), 0), samples);
  return runs.map(({ condition, from, to }) => ({ condition, from: sampleAt(from), to: sampleAt(to) }))
    .filter(({ from, to }) => from < to);
}
