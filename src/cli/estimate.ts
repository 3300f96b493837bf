/**
 * How long a run still takes, from how long its stages took so far.
 *
 * @module
 */

/** Stages of one kind: how many are to come, and what the finished ones took. */
export interface KindProgress {
  /** Stages still to finish, each counted by the part that is left of it. */
  readonly left: number;
  readonly finished: number;
  /** Seconds that the finished ones took together. */
  readonly seconds: number;
}

/**
 * Seconds left, or undefined before anything is known.
 *
 *   left = sum over kinds of (stages left x mean seconds of a finished one) / workers
 *
 * A kind of which none has finished is taken to need the mean over all kinds.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const kinds = [{ left: 10, finished: 5, seconds: 10 }, { left: 1, finished: 1, seconds: 8 }];
 * assert.equal(secondsLeft(kinds, 2), 14);
 * ```
 */
export function secondsLeft(kinds: Iterable<KindProgress>, workers: number): number | undefined {
  const all = [...kinds];
  const finished = all.reduce((sum, kind) => sum + kind.finished, 0);
  if (finished === 0) return undefined;
  const typical = all.reduce((sum, kind) => sum + kind.seconds, 0) / finished;
  const work = all.reduce(
    (sum, kind) => sum + kind.left * (kind.finished > 0 ? kind.seconds / kind.finished : typical),
    0,
  );
  return work / workers;
}

/** `1:05` or `2:03:09`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
